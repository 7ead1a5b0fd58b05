import Mustache

/// The templates of the HTML report. Everything from the data goes through `{{…}}`, which escapes; `{{{…}}}` takes only the
/// drawings, the style sheet, and the parts of a finding, which are made and escaped in this module.
struct HTMLTemplates {
  let head: MustacheTemplate
  let group: MustacheTemplate
  let finding: MustacheTemplate
  let foot: MustacheTemplate

  init() throws {
    MustacheContentTypes.register(ScalarHTML(), named: "SCALAR")
    func compile(_ text: String) throws -> MustacheTemplate {
      try MustacheTemplate(string: "{{% CONTENT_TYPE: SCALAR}}" + text)
    }
    head = try compile(Self.headText)
    group = try compile(Self.groupText)
    finding = try compile(Self.findingText)
    foot = try compile(Self.footText)
  }

  private static let headText = """
    <!DOCTYPE html>
    <html lang="{{lang}}">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
    <meta name="referrer" content="no-referrer">
    <meta name="robots" content="noindex, nofollow">
    <meta name="color-scheme" content="light">
    <meta name="generator" content="freeze-auditor {{version}}">
    <title>{{title}}</title>
    <style>
    {{{style}}}</style>
    </head>
    <body{{#isShort}} class="short"{{/isShort}}>
    <svg class="defs" aria-hidden="true" width="0" height="0"><defs>{{{glyphs}}}</defs></svg>
    <header>
    <p class="kicker">{{t.kicker}}</p>
    <h1><data value="{{alerts}}">{{alertsText}}</data> <span>{{t.of}} <data value="{{read}}">{{readText}}</data> {{t.answer}}</span></h1>
    <p class="sub">{{t.knownOn}} <time datetime="{{knownOn}}">{{knownOnText}}</time> · <bdi>{{source}}</bdi></p>
    {{#warnings}}
    <p class="warn">{{.}}</p>
    {{/warnings}}
    <ul class="tiles">
    {{#tiles}}
    <li class="{{level}}"><svg class="g" aria-hidden="true"><use href="#g-{{outcome}}"/></svg><b><data value="{{count}}">{{countText}}</data></b><span>{{phrase}}</span></li>
    {{/tiles}}
    </ul>
    <p class="caution">{{t.caution}}</p>
    <nav><a href="#timeline">{{t.timeline}}</a> <a href="#findings">{{t.findings}}</a> <a href="#quality">{{t.quality}}</a> <a href="#windows">{{t.windows}}</a> <a href="#made">{{t.made}}</a></nav>
    </header>
    <main>
    <section id="timeline">
    <h2>{{t.timeline}}</h2>
    <p class="help">{{t.timelineHelp}}</p>
    {{#timelines}}
    <figure>{{{wide}}}{{{narrow}}}
    {{#hasRows}}
    <details><summary>{{t.timelineData}}</summary><table class="data"><thead><tr><th scope="col">{{t.day}}</th><th scope="col">{{t.what}}</th><th scope="col">{{t.count}}</th></tr></thead><tbody>
    {{#rows}}
    <tr><td><time datetime="{{iso}}">{{day}}</time></td><td>{{what}}</td><td class="num">{{count}}</td></tr>
    {{/rows}}
    </tbody></table>{{#more}}<p class="help">{{more}}</p>{{/more}}</details>
    {{/hasRows}}
    </figure>
    {{/timelines}}
    </section>
    <section id="findings">
    <h2>{{t.findings}}</h2>
    {{#isEmpty}}
    <p>{{t.noFindings}}</p>
    {{/isEmpty}}
    {{#hasIndex}}
    <details class="index"><summary>{{t.index}} ({{groupCount}})</summary><ol>
    {{#index}}
    <li><a href="#s{{n}}"><bdi>{{number}}</bdi></a> {{#date}}<span>{{date}}</span> {{/date}}<span>{{people}}</span></li>
    {{/index}}
    </ol></details>
    {{/hasIndex}}

    """

  private static let groupText = """
    <section class=sk id=s{{n}}><h3><bdi>{{number}}</bdi>{{#continued}} <i>{{continued}}</i>{{/continued}}</h3>
    <p class=facts>{{facts}}</p>
    <ol>

    """

  private static let findingText = """
    <li class="f {{outcome}}" id=f{{n}} data-id="{{id}}"><div class=who>{{{who}}}</div><div class=post>{{{post}}}</div><dl>{{{dates}}}</dl><div class=out><p class=oc><svg class=g><use href="#g-{{outcome}}"/></svg>{{phrase}}{{{remarks}}}</div><details><summary>{{why}}</summary>{{{reasoning}}}</details></li>

    """

  private static let footText = """
    </section>
    <section id="quality">
    <h2>{{t.quality}}</h2>
    {{#qualityNone}}
    <p>{{qualityNone}}</p>
    {{/qualityNone}}
    {{#hasQuality}}
    <table class="data"><tbody>
    {{#quality}}
    <tr><th scope="row">{{what}}</th><td class="num"><data value="{{count}}">{{countText}}</data></td><td>{{#links}}<a href="#f{{n}}"><bdi>{{id}}</bdi></a> {{/links}}{{#more}}{{more}}{{/more}}</td></tr>
    {{/quality}}
    </tbody></table>
    {{/hasQuality}}
    </section>
    <section id="windows">
    <h2>{{t.windows}}</h2>
    {{#windows}}
    <article class="w" id="w{{n}}"><h3>{{rule}} · {{election}}</h3><p class="span"><b>{{span}}</b></p><dl>
    {{#facts}}
    <div><dt>{{label}}</dt><dd>{{value}}</dd></div>
    {{/facts}}
    </dl></article>
    {{/windows}}
    </section>
    <section id="made">
    <h2>{{t.made}}</h2>
    <dl class="made">
    {{#made}}
    <div><dt>{{label}}</dt><dd><bdi>{{value}}</bdi></dd></div>
    {{/made}}
    </dl>
    <table class="data sum"><thead><tr><th scope="col">{{t.outcome}}</th><th scope="col">{{t.count}}</th></tr></thead><tbody>
    {{#sums}}
    <tr><th scope="row">{{phrase}}</th><td class="num"><data value="{{count}}">{{countText}}</data></td></tr>
    {{/sums}}
    </tbody><tfoot><tr><th scope="row">{{t.total}}</th><td class="num"><data value="{{read}}">{{readText}}</data></td></tr></tfoot></table>
    </section>
    </main>
    <footer><p>{{t.footer}}</p></footer>
    </body>
    </html>

    """
}

/// The look: one style sheet and the signs of the outcomes.
enum HTMLStyle {
  /// Colours by name, each dark enough on its background (WCAG AA, tested).
  static let colours: [(name: String, value: String)] = [
    ("paper", "#ffffff"), ("panel", "#f4f6f8"), ("ink", "#18222e"), ("soft", "#4c5866"), ("line", "#cfd6dd"),
    ("link", "#0b4a82"), ("alert", "#98191b"), ("alert-bg", "#fdf1f0"), ("maybe", "#744700"),
    ("maybe-bg", "#fff7e6"), ("notice", "#4f348a"), ("notice-bg", "#f5f2fc"), ("silent", "#1c5a38"),
    ("silent-bg", "#eff7f2"),
  ]

  static let sheet =
    ":root{" + colours.map { "--\($0.name):\($0.value)" }.joined(separator: ";") + "}\n" + rules

  private static let rules = """
    *{box-sizing:border-box}
    html{-webkit-text-size-adjust:100%;color-scheme:light}
    body{margin:0 auto;max-width:68rem;padding:0 1rem 3rem;background:var(--paper);color:var(--ink);font:400 1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",sans-serif;overflow-wrap:anywhere}
    p,h1,h2,h3,h4,dl,dd,ol,ul,figure{margin:0;padding:0}ol,ul{list-style:none}
    a{color:var(--link)}svg.defs{position:absolute}
    header{padding:2rem 0 1rem}
    .kicker{font-size:.85rem;font-weight:600;letter-spacing:.03em;color:var(--soft)}
    h1{font-size:clamp(1.25rem,4vw,1.75rem);line-height:1.2;font-weight:600;margin:.4rem 0}
    h1>data{font-size:clamp(2.6rem,9vw,4rem);font-weight:750;line-height:1;color:var(--alert);margin-right:.15em;font-variant-numeric:tabular-nums}
    .sub{color:var(--soft)}.sub time{color:var(--ink);font-weight:600}
    .warn{margin-top:.75rem;padding:.6rem .8rem;border:2px solid var(--maybe);border-radius:.4rem;background:var(--maybe-bg);color:var(--maybe);font-weight:600}
    .tiles{display:flex;flex-wrap:wrap;gap:.5rem;margin:1.25rem 0 1rem}
    .tiles li{display:grid;grid-template-columns:auto 1fr;column-gap:.5rem;align-items:center;flex:1 1 9.5rem;max-width:16rem;padding:.6rem .75rem;border:1px solid var(--line);border-radius:.5rem;background:var(--panel)}
    .tiles b{font-size:1.35rem;line-height:1.1;font-variant-numeric:tabular-nums}.tiles span{grid-column:1/-1;font-size:.82rem;line-height:1.3;margin-top:.25rem;color:var(--ink)}
    .alert,.inside,.approval-mismatch,.approved-late{--c:var(--alert);--b:var(--alert-bg)}.maybe,.depends{--c:var(--maybe);--b:var(--maybe-bg)}.notice,.reversal,.unjudgeable{--c:var(--notice);--b:var(--notice-bg)}.silent,.approved,.not-covered,.outside{--c:var(--silent);--b:var(--silent-bg)}
    .tiles .alert,.tiles .maybe,.tiles .notice{background:var(--b);border-color:var(--c)}
    .g{width:1.1em;height:1.1em;flex:none;color:var(--c,var(--ink));vertical-align:-.15em}
    .caution{max-width:46rem;font-size:.92rem;color:var(--soft)}
    nav{display:flex;flex-wrap:wrap;gap:.25rem 1.1rem;margin-top:1rem;padding-top:.75rem;border-top:1px solid var(--line);font-size:.92rem}
    section[id]{scroll-margin-top:1rem}
    main>section{margin-top:2.25rem}
    h2{font-size:1.3rem;line-height:1.25;margin-bottom:.5rem}
    .help{font-size:.88rem;color:var(--soft)}
    figure{margin:.75rem 0 1.5rem}
    svg.tl{display:block;width:100%;height:auto;font-family:inherit;overflow:visible}svg.narrow{display:none;max-width:34rem}
    .tl text{fill:var(--ink)}.tl .mo,.tl .yr{fill:var(--soft)}.tl .yr,.tl .lane{font-weight:650}.tl .n{text-anchor:middle;font-variant-numeric:tabular-nums}
    .tl .axis,.tl .tick{stroke:var(--soft);fill:none}.tl .rule{stroke:var(--line);fill:none}
    .tl .at{stroke:var(--ink);stroke-width:1.4;fill:none}.tl .det{stroke-dasharray:5 3}
    .tl text{paint-order:stroke;stroke:#fff;stroke-width:3px;stroke-linejoin:round}
    .win{stroke:var(--link);stroke-width:1.4}.win.solid{fill:#c5daee}.win.hatch{fill:url(#p-hatch)}.win.dots{fill:url(#p-dots)}.open{fill:#fff;stroke:var(--ink);stroke-dasharray:2 2}
    .m{color:var(--ink)}.m.inside,.m.approval-mismatch,.m.approved-late{color:var(--alert)}.m.depends{color:var(--maybe)}.m.reversal,.m.unjudgeable{color:var(--notice)}.m.approved,.m.letter{color:var(--silent)}.m.outside,.m.not-covered{color:var(--soft)}
    summary{cursor:pointer;color:var(--link);font-size:.9rem;width:fit-content;padding:.2rem 0}summary:focus-visible,a:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:2px}
    table.data{border-collapse:collapse;width:100%;font-size:.9rem;margin-top:.5rem}.data th,.data td{text-align:left;vertical-align:top;padding:.35rem .6rem .35rem 0;border-bottom:1px solid var(--line);font-weight:400}.data thead th,.data tfoot th,.data tfoot td{font-weight:650}.data .num{text-align:right;font-variant-numeric:tabular-nums;padding-right:1rem}
    table.sum{max-width:32rem}
    .index ol{columns:20rem;column-gap:2rem;font-size:.9rem;margin:.25rem 0 1rem}.index li{break-inside:avoid;padding:.1rem 0}.index span{color:var(--soft)}
    .sk{margin-top:1.25rem;border:1px solid var(--line);border-radius:.6rem;overflow:hidden;content-visibility:auto;contain-intrinsic-size:auto 20rem}
    .sk h3{font-size:1.05rem;line-height:1.3;padding:.7rem .9rem 0;background:var(--panel)}.sk h3 i{font-weight:400;font-size:.9rem}
    .facts{padding:.1rem .9rem .6rem;background:var(--panel);border-bottom:1px solid var(--line);font-size:.9rem;color:var(--soft)}
    .f{display:grid;grid-template-columns:1.15fr 1.35fr 1.2fr 1.3fr;gap:.35rem 1.1rem;padding:.75rem .9rem .55rem;border-top:1px solid var(--line);border-left:.35rem solid var(--c);font-size:.92rem;line-height:1.4;content-visibility:auto;contain-intrinsic-size:auto 7.5rem;scroll-margin-top:1rem}
    .f:first-child{border-top:0}.f:target{background:var(--b)}
    .who p,.s{font-size:.85rem;color:var(--soft)}.who .nm{font-size:1rem;font-weight:650;color:var(--ink);line-height:1.3}
    .to{position:relative;padding-left:1.25rem;font-weight:600}.to::before{content:"→";position:absolute;left:0;font-weight:400;color:var(--soft)}
    .f dl>div{display:flex;flex-wrap:wrap;gap:0 .5rem;padding:.05rem .35rem}.f dt{flex:0 0 5.6rem;color:var(--soft);font-size:.85rem}.f dd{flex:1;min-width:5.5rem;font-variant-numeric:tabular-nums}
    :lang(en) .f dt{flex-basis:6.6rem}.f .hit{background:var(--b);border-radius:.25rem;box-shadow:inset 0 0 0 1px var(--c)}.hit dd{font-weight:700}.hit dt{color:var(--ink)}.hit em{display:block;font-style:normal;font-weight:600;font-size:.82rem;color:var(--c)}
    .oc{display:flex;gap:.45rem;align-items:flex-start;font-weight:700;color:var(--c);line-height:1.3}.oc .g{margin-top:.1em}.cmp{font-weight:650;color:var(--ink)}
    .f details{grid-column:1/-1}.f h4{font-size:.9rem;margin-top:.35rem}.f details ol{list-style:decimal;padding-left:1.4rem;font-size:.88rem;columns:24rem;column-gap:2.5rem}.f details li{break-inside:avoid}
    .ch{font-size:.88rem;padding-left:1.4rem;position:relative}.ch::before{content:"⇄";position:absolute;left:0;color:var(--soft)}
    .w{margin-top:1rem;padding:.8rem 1rem;border:1px solid var(--line);border-radius:.6rem;break-inside:avoid;scroll-margin-top:1rem}.w:target{outline:3px solid var(--link)}.w h3{font-size:1rem}.span{font-size:1.05rem}
    .w dl>div,.made>div{display:grid;grid-template-columns:12rem 1fr;gap:.1rem 1rem;padding:.2rem 0;font-size:.92rem}.w dt,.made dt{color:var(--soft)}
    footer{margin-top:2.5rem;padding-top:.75rem;border-top:1px solid var(--line);font-size:.85rem;color:var(--soft)}
    @media(max-width:60rem){.f{grid-template-columns:1fr 1fr}}
    @media(max-width:44rem){svg.wide{display:none}svg.narrow{display:block}header{padding-top:1.25rem}.tiles{display:grid;grid-template-columns:1fr 1fr}.tiles li{max-width:none}}
    @media(max-width:36rem){.f{grid-template-columns:1fr}.w dl>div,.made>div{grid-template-columns:1fr}.made>div{padding:.35rem 0}.f details ol{columns:auto;padding-left:1.2rem}}
    @page{size:A4;margin:14mm 13mm 16mm;@bottom-right{content:counter(page) " / " counter(pages);font:8pt system-ui,sans-serif}}
    @media print{html{font-size:9.5pt}body{max-width:none;padding:0;-webkit-print-color-adjust:exact;print-color-adjust:exact}header{padding-top:0}nav,.index{display:none}svg.wide{display:block}svg.narrow{display:none}.tiles{display:flex}.tiles li{max-width:16rem}.sk,.f{content-visibility:visible}.sk{overflow:visible}.sk h3,.facts{break-after:avoid}.f{break-inside:avoid;grid-template-columns:1.1fr 1.3fr 1.25fr 1.25fr;gap:.2rem .7rem}a{color:inherit;text-decoration:none}details:not([open]){display:none}.short .f details{display:block}.short .f details::details-content{content-visibility:visible;block-size:auto;display:block}.f details ol{columns:2}h2{break-after:avoid}figure{break-inside:avoid}}

    """

  /// The signs: each outcome has a shape of its own.
  static let glyphs: String =
    [
      ("inside", #"<circle cx="8" cy="8" r="7" fill="currentColor"/>"#),
      (
        "approval-mismatch",
        #"<path d="M3 3l10 10M13 3L3 13" stroke="currentColor" stroke-width="3.4" stroke-linecap="round"/>"#
      ),
      ("approved-late", #"<path d="M8 1l7 13.5H1z" fill="currentColor"/>"#),
      (
        "depends",
        #"<circle cx="8" cy="8" r="6.2" fill="white" stroke="currentColor" stroke-width="1.8"/><path d="M8 1.8a6.2 6.2 0 0 0 0 12.4z" fill="currentColor"/>"#
      ),
      (
        "reversal",
        #"<path d="M3.2 9.5a5 5 0 1 0 1-4.9" fill="none" stroke="currentColor" stroke-width="2.2"/><path d="M1.6 2.6l5.6.4-3.6 4.6z" fill="currentColor"/>"#
      ),
      (
        "unjudgeable",
        #"<path d="M4.5 5.2a3.5 3.5 0 1 1 5 3.1c-1 .6-1.5 1.1-1.5 2.2" fill="none" stroke="currentColor" stroke-width="2.2"/><circle cx="8" cy="14" r="1.5" fill="currentColor"/>"#
      ),
      (
        "approved",
        #"<path d="M2 8.6l4 4 8-9" fill="none" stroke="currentColor" stroke-width="2.8"/>"#
      ),
      ("not-covered", #"<path d="M2.5 8h11" stroke="currentColor" stroke-width="3"/>"#),
      ("outside", #"<circle cx="8" cy="8" r="5.6" fill="white" stroke="currentColor" stroke-width="2"/>"#),
      (
        "letter",
        #"<path d="M1.2 3h13.6v10.4H1.2z" fill="white" stroke="currentColor" stroke-width="1.6"/><path d="M1.2 3.4L8 9l6.8-5.6" fill="none" stroke="currentColor" stroke-width="1.6"/>"#
      ),
    ].map { "<symbol id=\"g-\($0.0)\" viewBox=\"0 0 16 16\">\($0.1)</symbol>" }.joined()
    + ##"<pattern id="p-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path fill="white" d="M0 0h6v6H0z"/><path fill="#0b4a82" d="M0 0h1.6v6H0z"/></pattern><pattern id="p-dots" width="6" height="6" patternUnits="userSpaceOnUse"><path fill="white" d="M0 0h6v6H0z"/><circle cx="3" cy="3" r="1.3" fill="#0b4a82"/></pattern>"##
}
