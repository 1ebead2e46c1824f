// The style and the script of the page; neither depends on what it shows, so that its policy can name them by digest.

enum HTMLPage {
  static let style = """
    :root{color-scheme:light dark;--page:#f5f6f8;--card:#fff;--text:#1b1f24;--soft:#59636e;--line:#dde1e6;--code:#f1f3f5;
    --accent:#0b5fbd;--mark:#fff1b8;--critical:#b5123e;--high:#bd4b00;--medium:#856404;--low:#1666a8;--info:#57606a}
    @media (prefers-color-scheme:dark){:root{--page:#0f1216;--card:#181c22;--text:#e6e9ed;--soft:#9aa4af;--line:#2c323a;
    --code:#11151a;--accent:#6cb2ff;--mark:#5c4a00;--critical:#ff7a93;--high:#ffa561;--medium:#e8c547;--low:#6cb6ff;--info:#a3adb8}}
    *{box-sizing:border-box}
    [hidden]{display:none!important}
    html{scroll-padding-top:6rem}
    body{margin:0;background:var(--page);color:var(--text);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;-webkit-text-size-adjust:100%}
    header,main,footer{max-width:70rem;margin:0 auto;padding:0 1.25rem}
    header{padding-top:2rem}
    footer{padding-top:1rem;padding-bottom:3rem;color:var(--soft);font-size:.875rem}
    .brand{margin:0;color:var(--soft);font-weight:600;letter-spacing:.02em}
    h1{margin:.1rem 0 .75rem;font-size:clamp(1.75rem,5vw,2.5rem);line-height:1.15;letter-spacing:-.02em}
    h1 small,h2 small,h3 small{color:var(--soft);font-weight:400}
    h1 small{font-size:.5em;letter-spacing:0;white-space:nowrap}
    h2{margin:2.25rem 0 .75rem;font-size:1.25rem}
    h3{margin:0;font-size:1.0625rem;line-height:1.4}
    a{color:var(--accent)}
    code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.875em;overflow-wrap:anywhere}
    .facts{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;margin:0 0 1.5rem;font-size:.9375rem}
    .facts div{display:flex;gap:.4rem}
    dt{color:var(--soft)}
    dd{margin:0}
    .tiles{display:grid;grid-template-columns:repeat(5,1fr);gap:.75rem}
    .tile{display:flex;flex-direction:column;padding:.75rem 1rem;border:1px solid var(--line);border-top:4px solid var(--level);border-radius:.5rem;background:var(--card);color:inherit;text-decoration:none}
    .tile strong{font-size:1.75rem;line-height:1.2;color:var(--level);font-variant-numeric:tabular-nums}
    .tile span{color:var(--soft);font-size:.9375rem}
    .tile:hover,.tile[aria-current]{border-color:var(--level);box-shadow:0 0 0 1px var(--level)}
    .tile.none{--level:var(--line)}
    .tile.none strong{color:var(--soft)}
    .critical{--level:var(--critical)}.high{--level:var(--high)}.medium{--level:var(--medium)}.low{--level:var(--low)}.info{--level:var(--info)}
    .charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(17rem,1fr));gap:.75rem;margin-top:.75rem}
    figure{margin:0;padding:1rem;border:1px solid var(--line);border-radius:.5rem;background:var(--card)}
    figcaption{margin-bottom:.75rem;font-weight:600}
    svg{display:block;overflow:visible}
    svg text{fill:currentColor;font-size:13px}
    svg .count{text-anchor:end;fill:var(--soft)}
    svg rect{fill:var(--level)}
    svg .bar{fill:var(--accent)}
    svg .others{fill:var(--soft)}
    svg .when{fill:var(--soft)}
    svg .track{fill:var(--code)}
    svg line{stroke:var(--line)}
    .legend{display:grid;gap:.15rem;margin:.75rem 0 0;padding:0;list-style:none;font-size:.9375rem}
    .legend li::before{content:"";display:inline-block;width:.7em;height:.7em;margin-right:.5em;border-radius:.15em;background:var(--level)}
    .legend b{float:right;font-variant-numeric:tabular-nums}
    .legend small{color:var(--soft)}
    #filters{position:sticky;top:0;z-index:1;display:flex;flex-wrap:wrap;align-items:end;gap:.75rem;margin:1.5rem -1.25rem 0;padding:.75rem 1.25rem;border-bottom:1px solid var(--line);background:var(--page)}
    label{display:grid;gap:.2rem}
    label span{color:var(--soft);font-size:.8125rem}
    .search{flex:1 1 14rem}
    input,select,button{min-height:2.5rem;padding:.3rem .6rem;border:1px solid var(--line);border-radius:.375rem;background:var(--card);color:inherit;font:inherit}
    input{width:100%}
    button{cursor:pointer}
    :focus-visible{outline:3px solid var(--accent);outline-offset:1px}
    output{min-width:7rem;padding-bottom:.55rem;color:var(--soft);font-size:.875rem;text-align:right;font-variant-numeric:tabular-nums}
    .finding,.steps,.alert{margin:0 0 .75rem;padding:.9rem 1rem;border:1px solid var(--line);border-radius:.5rem;background:var(--card)}
    .finding{border-left:4px solid var(--level);content-visibility:auto;contain-intrinsic-size:auto 12rem}
    .finding p{margin:.25rem 0}
    .badge{display:inline-block;margin-right:.25rem;padding:0 .5em;border:1px solid var(--level);border-radius:1em;color:var(--level);font-size:.8125rem;font-weight:600;vertical-align:.08em}
    .line,.why,.since{color:var(--soft)}
    .why,.since{font-size:.9375rem}
    pre{margin:.5rem 0;padding:.5rem .75rem;border-radius:.375rem;background:var(--code);white-space:pre-wrap}
    mark{padding:.05em .15em;border-radius:.2em;background:var(--mark);color:inherit}
    .secret{border:1px solid var(--critical)}
    .decision{font-weight:600}
    #aside .finding{opacity:.8}
    details{margin-top:.5rem;font-size:.9375rem}
    summary{width:max-content;color:var(--accent);cursor:pointer}
    details dl{display:grid;gap:.3rem;margin:.5rem 0 0}
    details dl div{display:grid;grid-template-columns:7rem 1fr;gap:.5rem}
    .terms{margin:0;padding:0;list-style:none}
    .terms b{display:inline-block;min-width:2.75em;text-align:right;margin-right:.5em;font-variant-numeric:tabular-nums}
    .columns{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr));gap:.75rem}
    .steps{min-width:0;margin:0;overflow-wrap:anywhere}
    .steps ol{margin:.5rem 0;padding-left:1.4rem}
    .links{margin:0;padding:0;list-style:none;font-size:.875rem;overflow-wrap:anywhere}
    .alert{border-left:4px solid var(--high)}
    .alert h2{margin-top:0}
    .alert ul{margin:0;padding-left:1.2rem}
    .empty{padding:2rem;text-align:center;color:var(--soft)}
    @media (max-width:40rem){header{padding-top:1.25rem}header,main,footer{padding-left:1rem;padding-right:1rem}
    .tiles{grid-template-columns:repeat(6,1fr);gap:.5rem}.tile{grid-column:span 2;padding:.5rem .75rem}.tile:nth-child(n+4){grid-column:span 3}
    .tile strong{font-size:1.375rem}#filters{position:static;margin-left:-1rem;margin-right:-1rem;padding:.75rem 1rem}
    #filters label:not(.search){flex:1 1 7rem}select{width:100%}output{flex-basis:100%;text-align:left;padding:0}h1 small{display:block;margin-top:.25rem}details dl div{grid-template-columns:1fr;gap:0}}
    @media print{:root{--page:#fff;--card:#fff;--text:#000;--soft:#444;--line:#bbb;--code:#f4f4f4;--accent:#000;--mark:#eee;
    --critical:#b5123e;--high:#bd4b00;--medium:#856404;--low:#1666a8;--info:#57606a;color-scheme:light}
    body{font-size:11pt}header,main,footer{max-width:none;padding-left:0;padding-right:0}#filters,summary{display:none}
    .finding,.steps,figure,.tile{break-inside:avoid;content-visibility:visible}svg rect,mark,.tile,.legend li::before{print-color-adjust:exact;-webkit-print-color-adjust:exact}
    details::details-content{content-visibility:visible;block-size:auto}}

    """

  /// Search and filters. Without it the page shows everything.
  static let script = """
    (() => {
      const form = document.getElementById('filters');
      if (!form) return;
      const findings = [...document.querySelectorAll('.finding')].map(element => ({
        element, data: element.dataset, text: element.textContent.toLowerCase()
      }));
      const groups = [...document.querySelectorAll('.group')].map(element => ({
        element, count: element.querySelector('h2 small'), findings: findings.filter(finding => element.contains(finding.element))
      }));
      const steps = document.querySelectorAll('.steps');
      const none = document.getElementById('none');
      const tiles = document.querySelectorAll('a.tile');
      const shown = document.getElementById('shown');
      const apply = () => {
        const words = form.elements.q.value.toLowerCase().split(/\\s+/).filter(Boolean);
        const fits = finding => ['level', 'provider', 'status'].every(name => {
          const wanted = form.elements[name].value;
          return !wanted || finding.data[name] === wanted;
        }) && words.every(word => finding.text.includes(word));
        let count = 0;
        for (const finding of findings) {
          const isShown = fits(finding);
          finding.element.hidden = !isShown;
          if (isShown) count += 1;
        }
        for (const group of groups) {
          const left = group.findings.filter(finding => !finding.element.hidden).length;
          group.element.hidden = left === 0;
          group.count.textContent = left === group.findings.length ? `${left}` : `${left} of ${group.findings.length}`;
        }
        const rules = new Set(findings.filter(finding => !finding.element.hidden).map(finding => finding.data.rule));
        for (const step of steps) step.hidden = !rules.has(step.dataset.rule);
        none.hidden = count > 0;
        for (const tile of tiles) {
          if (tile.dataset.level === form.elements.level.value) tile.setAttribute('aria-current', 'true');
          else tile.removeAttribute('aria-current');
        }
        shown.textContent = count === findings.length ? `All ${count} shown` : `${count} of ${findings.length} shown`;
      };
      for (const tile of tiles) tile.addEventListener('click', event => {
        if (form.elements.level.type === 'hidden') return;
        event.preventDefault();
        form.elements.level.value = form.elements.level.value === tile.dataset.level ? '' : tile.dataset.level;
        apply();
        form.scrollIntoView();
      });
      form.addEventListener('input', apply);
      form.addEventListener('submit', event => event.preventDefault());
      form.addEventListener('reset', () => setTimeout(apply));
      document.addEventListener('keydown', event => {
        if (event.key === '/' && !/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) {
          event.preventDefault();
          form.elements.q.focus();
        }
      });
      form.hidden = false;
      apply();
    })();

    """
}
