// How often words occur in ordinary source text: the measure of a careless keyword.

/// Occurrences of literals, in any letter case and as part of longer words, per MB of ordinary source; counted over
/// 260 MB of C, Go, Ruby and Python code and documentation. Only literals found twice per MB or more are listed.
enum KeywordFrequency {
  /// A keyword found more often has to be justified in its rule.
  static let limit = 10.0

  /// At least how often a literal occurs per MB, as far as the list tells: it is no rarer than a listed one that holds it.
  static func perMB(_ keyword: String) -> Double {
    let keyword = keyword.lowercased()
    if let known = table[keyword] { return known }
    return table.filter { $0.key.contains(keyword) }.map(\.value).max() ?? 0
  }

  private static let table: [String: Double] = Dictionary(
    uniqueKeysWithValues: list.split(separator: " ").map { entry in
      let parts = entry.split(separator: "\t")
      return (String(parts[0]), parts.count > 1 ? Double(parts[1]) ?? 0 : 0)
    })

  /// Literal, tab, occurrences per MB.
  private static let list = #"""
    -force	4 -pass	3 -us	9 -user	3 /v2/	13 00d	9 aaaa	37 aaaaaaaaaaaaaaaaaaaaa	5 aaaaaaaaaaaaaaaaaaaaaa	5 \#
    abstract	10 access	62 account	22 address	111 admin	13 aha	8 aio	2 amazon	5 anpa	3 api	137 api_	18 app	419 asca	2 \#
    auth	167 authorization	7 auths	2 aws	72 azure	8 base64	8 basic	23 bearer	3 bind	33 bootstrap	2 bot	34 box	46 \#
    bsa	3 cert	68 certificate	29 challenge	2 chec	280 checkout	47 cio	8 cli_	4 client	218 close	84 clou	31 cohere	3 \#
    column	47 consumer	9 cookie	29 cos	13 cred	52 credential	32 credentials	23 creds	9 ctp_	13 curl	497 curlopt_	41 \#
    customer	7 data	740 database	31 db-	3 default	265 deploy	3 docker	76 dsn	3 eaa	4 eaaa	3 encoding	51 encrypt	29 \#
    endor	13 entra	5 env	126 es_	118 ewo	13 exa	153 ext_	44 fc-	2 flat	10 float	40 front	12 ftp://	2 fw_	21 gcp	6 \#
    github	144 goog	44 graph	46 hashicorp	44 here	154 hive	20 hmac	5 hook	60 hop	16 host	206 http://	33 https://	90 \#
    iam	6 ibm	13 integration	14 ion_	191 key	544 key-	10 key_	52 keys	70 kind	55 kty	7 language	13 less	58 \#
    license	145 line	297 linear	7 lio_	2 lk_	104 lob	120 login	10 ls-	20 machine	14 manifest	16 master	42 master-	2 \#
    mii	13 mite	47 mux	43 name	1110 nf-	4 ngc	9 nkey	11 nonce	6 npm	2 oc-	14 org	75 otp	9 params	67 pass	107 \#
    passwd	4 password	31 pat	675 pat_	5 pd-	2 pd_	14 phrase	3 pi_	79 pin	221 pk_	3 poly	6 pri_	2 private	45 \#
    private_	7 privatekey	4 protocols	9 ptr_	19 pts_	4 pub	82 public	43 pwd	13 re_	162 read	410 redhat	2 registry	36 \#
    rev	210 salt	6 sanity	5 sc_	47 script	295 sdk-	5 se=	4 search	30 secret	34 secret_	3 secure	14 seed	6 segment	10 \#
    semaphore	2 sentry	3 server	182 session	40 sg.	7 sheet	4 sid	100 signing	9 sk-	8 sk.	13 sk_	56 sl.	3 sql	40 \#
    stability	11 storage	32 sts.	15 subscription	7 t1.	3 test_	455 tid	42 tly	68 toggl	3 token	77 tracking	10 \#
    tru	1189 uid	58 user	197 username	13 v2/	17 value	626 vault	13 verifier	6 web_	4 wit	633 write	267 \#

    """#
}
