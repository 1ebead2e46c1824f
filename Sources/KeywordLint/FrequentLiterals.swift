// Literals that other trees are full of.

/// Literals that 260 MB of C, Go, Ruby and Python code and documentation hold more often than text made of `Vocabulary`:
/// text, tab, occurrences per MB there, in lines.
enum FrequentLiterals {
  static let words = #"""
    curl	497
    lk_	104
    pi_	79
    sc_	47
    hashicorp	44
    mux	43
    tid	42
    curlopt_	41
    aaaa	37
    clou	31
    certificate	29
    credentials	23
    fw_	21
    hive	20
    ptr_	19
    api_	18
    v2/	17
    hop	16
    oc-	14
    pd_	14
    secure	14
    /v2/	13
    admin	13
    cos	13
    ctp_	13
    ibm	13
    mii	13
    pwd	13
    vault	13
    front	12
    nkey	11
    stability	11
    """#
}
