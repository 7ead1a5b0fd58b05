import AuditBase

/// The look: one style sheet and the signs of the outcomes.
enum HTMLStyle {
  /// Colours by name, each readable on its background (WCAG AA, tested).
  typealias Palette = [(name: String, value: String)]

  /// By day, and on paper.
  static let light: Palette = [
    ("paper", "#ffffff"), ("panel", "#f4f6f8"), ("ink", "#18222e"), ("soft", "#4c5866"), ("line", "#cfd6dd"),
    ("link", "#0b4a82"), ("red", "#a3131b"), ("red-bg", "#fdeeee"), ("alert", "#6d3210"),
    ("alert-bg", "#fdf3ea"), ("maybe", "#6b4d00"), ("maybe-bg", "#fff9e3"), ("notice", "#4f348a"),
    ("notice-bg", "#f5f2fc"), ("silent", "#1c5a38"), ("silent-bg", "#eff7f2"), ("win", "#c5daee"),
  ]
  /// For those whose screen is dark.
  static let dark: Palette = [
    ("paper", "#14181d"), ("panel", "#1d232a"), ("ink", "#e8edf2"), ("soft", "#aab5c0"), ("line", "#3a444e"),
    ("link", "#8cc2f5"), ("red", "#ff9c9c"), ("red-bg", "#3a1416"), ("alert", "#f0b48a"),
    ("alert-bg", "#35200f"), ("maybe", "#ecca6a"), ("maybe-bg", "#332908"), ("notice", "#c8b5f7"),
    ("notice-bg", "#271d3d"), ("silent", "#8fd3ad"), ("silent-bg", "#12291c"), ("win", "#27445f"),
  ]

  /// Both, by what the reader's screen asks for.
  static let palettes: HTML = {
    func variables(_ palette: Palette) -> String {
      palette.map { "--\($0.name):\($0.value)" }.joined(separator: ";")
    }
    return HTML(
      stringLiteral: ":root{" + variables(light) + "}\n@media screen and (prefers-color-scheme:dark){:root{"
        + variables(dark) + "}}")
  }()

  /// What the document holds.
  static let sheet: HTML = palettes + HTML(stringLiteral: "\n" + rules + HTMLPaper.rules)

  private static let rules = """
    *{box-sizing:border-box}
    html{-webkit-text-size-adjust:100%;color-scheme:light dark}
    body{margin:0 auto;max-width:72rem;padding:0 1rem 3rem;background:var(--paper);color:var(--ink);font:400 1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",sans-serif;overflow-wrap:anywhere}
    p,h1,h2,h3,h4,dl,dd,ol,ul,figure,fieldset{margin:0;padding:0;border:0}ol,ul{list-style:none}
    a{color:var(--link)}svg.defs{position:absolute}
    header{padding:1.5rem 0 1rem}
    .office{font-weight:650;text-align:center;padding-bottom:.6rem;margin-bottom:1rem;border-bottom:3px double var(--line)}
    .kicker{font-size:.85rem;font-weight:600;letter-spacing:.03em;color:var(--soft)}
    h1{font-size:clamp(1.25rem,4vw,1.75rem);line-height:1.2;font-weight:600;margin:.3rem 0}
    h1>data{font-size:clamp(2.4rem,8vw,3.4rem);font-weight:750;line-height:1;margin-right:.15em;font-variant-numeric:tabular-nums}h1>.red{color:var(--red)}
    .sub{color:var(--soft)}
    .warn{margin-top:.75rem;padding:.6rem .8rem;border:2px solid var(--maybe);border-radius:.4rem;background:var(--maybe-bg);color:var(--maybe);font-weight:600}
    .tiles{display:flex;flex-wrap:wrap;gap:.5rem;margin:1rem 0 .8rem}
    .tiles li{display:grid;grid-template-columns:auto 1fr;column-gap:.5rem;align-items:center;flex:1 1 9.5rem;max-width:16rem;padding:.45rem .7rem;border:1px solid var(--line);border-radius:.5rem;background:var(--panel)}
    .tiles b{font-size:1.3rem;line-height:1.1;font-variant-numeric:tabular-nums;white-space:nowrap}.tiles span{grid-column:1/-1;font-size:.82rem;line-height:1.3;margin-top:.2rem;color:var(--ink)}
    .tiles .alert,.inside>.hd,.run.inside,.approval-mismatch>.hd,.run.approval-mismatch,.approved-late>.hd,.run.approved-late,.f.inside,.f.approval-mismatch,.f.approved-late{--c:var(--alert);--b:var(--alert-bg)}.tiles .maybe,.depends>.hd,.run.depends,.f.depends{--c:var(--maybe);--b:var(--maybe-bg)}.tiles .notice,.reversal>.hd,.run.reversal,.unjudgeable>.hd,.run.unjudgeable,.f.reversal,.f.unjudgeable{--c:var(--notice);--b:var(--notice-bg)}.tiles .silent,.approved>.hd,.run.approved,.not-covered>.hd,.run.not-covered,.outside>.hd,.run.outside,.f.approved,.f.not-covered,.f.outside{--c:var(--silent);--b:var(--silent-bg)}
    .sk.ahead .f,.sk.ahead .run,.sk.ahead>.hd{--c:var(--red);--b:var(--red-bg)}
    .tiles .alert,.tiles .maybe,.tiles .notice{background:var(--b);border-color:var(--c)}
    .g{width:1.1em;height:1.1em;flex:none;color:var(--c,var(--ink));vertical-align:-.15em}
    .caution{max-width:52rem;font-size:.9rem;color:var(--soft)}
    nav{display:flex;flex-wrap:wrap;gap:.25rem 1.1rem;margin-top:.8rem;padding-top:.6rem;border-top:1px solid var(--line);font-size:.92rem}
    section[id]{scroll-margin-top:1rem}
    main>section{margin-top:2rem}
    h2{font-size:1.3rem;line-height:1.25;margin-bottom:.4rem}
    .help{font-size:.88rem;color:var(--soft)}
    #ahead{border:2px solid var(--red);border-radius:.6rem;padding:.9rem 1rem;background:var(--red-bg)}#ahead h2{color:var(--red)}#ahead .help{color:var(--ink)}#ahead .data td,#ahead .data th{border-color:var(--red)}
    .row.ahead .left,.badge{color:var(--red);font-weight:700}.row .s,.s{font-size:.85rem;color:var(--soft)}
    figure{margin:.75rem 0 1.5rem}
    svg.tl{display:block;width:100%;height:auto;font-family:inherit;overflow:visible}svg.narrow{display:none;max-width:34rem}
    .tl text{fill:var(--ink)}.tl .mo,.tl .yr{fill:var(--soft)}.tl .yr,.tl .lane{font-weight:650}.tl .n{text-anchor:middle;font-variant-numeric:tabular-nums}.tl .bg,.hole{fill:var(--paper)}
    .tl .axis,.tl .tick{stroke:var(--soft);fill:none}.tl .rule{stroke:var(--line);fill:none}
    .tl .at{stroke:var(--ink);stroke-width:1.4;fill:none}.tl .det{stroke-dasharray:5 3}
    .tl .n{paint-order:stroke;stroke:var(--paper);stroke-width:3px;stroke-linejoin:round}
    .win{stroke:var(--link);stroke-width:1.4}.win.solid{fill:var(--win)}.win.hatch{fill:url(#p-hatch)}.win.dots{fill:url(#p-dots)}.open{fill:var(--paper);stroke:var(--ink);stroke-dasharray:2 2}.pen-ink{fill:var(--link)}
    .m{color:var(--ink)}.m.inside,.m.approval-mismatch,.m.approved-late{color:var(--alert)}.m.depends{color:var(--maybe)}.m.reversal,.m.unjudgeable{color:var(--notice)}.m.approved,.m.letter{color:var(--silent)}.m.outside,.m.not-covered{color:var(--soft)}
    summary{cursor:pointer;color:var(--link);font-size:.9rem;width:fit-content;padding:.2rem 0}summary:focus-visible,a:focus-visible,input:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:2px}
    table{border-collapse:collapse;width:100%}th{font-weight:400;text-align:left}
    .data{font-size:.9rem;margin-top:.5rem}.data th,.data td{text-align:left;vertical-align:top;padding:.35rem .6rem .35rem 0;border-bottom:1px solid var(--line)}.data thead th,.data tfoot th,.data tfoot td{font-weight:650}.data .num{text-align:right;font-variant-numeric:tabular-nums;padding-right:1rem;white-space:nowrap}.data thead .num{white-space:normal}.cards thead th{overflow-wrap:normal;hyphens:auto}.sks{table-layout:fixed}.sks th:nth-child(1){width:17%}.sks th:nth-child(2){width:12%}.sks th.num{width:7%;font-size:.8rem}.sks th.law{width:18%}.sks th.by{width:11%}.sks .num{padding-right:.6rem}#ahead th:nth-child(1){width:24%}#ahead th:nth-child(2){width:22%}#ahead th:nth-child(3){width:8%}#ahead th:nth-child(4){width:16%}
    table.sum{max-width:32rem}.pen{display:none}.sks th a,#ahead th a{font-weight:650}
    .filters{margin:.2rem 0 .6rem}.filters fieldset{display:flex;flex-wrap:wrap;gap:.15rem .9rem;padding:.35rem 0;font-size:.9rem}.filters legend{font-weight:650;float:left;margin-right:.6rem}.filters input{margin:.25rem .3rem 0 0;accent-color:var(--link)}.filters label{margin-right:.5rem}
    .only,.po{display:none}body:has(.sk:target) .sk:not(:target){display:none}body:has(.sk:target) .only{display:block}
    .steps{margin:.4rem 0 1rem;padding:.7rem .9rem;background:var(--panel);border-radius:.6rem;font-size:.9rem}.steps h3{font-size:1rem}.steps li{padding:.3rem 0;scroll-margin-top:1rem}.steps li:target{outline:3px solid var(--link)}
    .sk{margin-top:1rem;border:1px solid var(--line);border-radius:.6rem;overflow:hidden;scroll-margin-top:1rem;content-visibility:auto;contain-intrinsic-size:auto 16rem}.sk.ahead{border:2px solid var(--red)}
    .hd{padding:.6rem .9rem;background:var(--panel);border-bottom:1px solid var(--line)}.sk h3{font-size:1.05rem;line-height:1.3}.facts,.hd .s{font-size:.9rem;color:var(--soft)}.st{font-size:.9rem;margin-top:.2rem}.badge{font-size:.95rem}
    .cd{display:flex;flex-wrap:wrap;gap:.1rem 1rem;font-size:.9rem}
    .pp th,.pp td{vertical-align:top;padding:.5rem .9rem .5rem 0;border-top:1px solid var(--line);line-height:1.4;font-size:.92rem}.pp tr:first-child>*{border-top:0}.pp .run td{background:var(--b);border-left:.35rem solid var(--c);padding-left:.75rem}.run .oc{display:inline-flex}.run p.s{display:inline;margin-left:.5rem}.pp th{border-left:.35rem solid var(--c);padding-left:.75rem;width:30%}.pp .dt{width:22%}.pp .out{width:24%}
    .f{scroll-margin-top:1rem}.f:target{background:var(--b)}.f p{font-size:.85rem;color:var(--soft)}.f .post p{font-size:inherit;color:inherit}.f .post .s{font-size:.85rem;color:var(--soft)}
    .f .to{position:relative;padding-left:1.25rem;font-weight:600}.to::before{content:"→";position:absolute;left:0;font-weight:400;color:var(--soft)}
    dl>.hit dd{font-weight:700}.hit em{font-style:normal;font-weight:600;font-size:.82rem;color:var(--c,var(--ink))}.cd>div,.dt dl>div{display:flex;flex-wrap:wrap;gap:0 .4rem}.cd dt,.dt dt{color:var(--soft);font-size:.85rem}.hit dt{color:var(--ink)}
    .oc{display:flex;gap:.45rem;align-items:flex-start;font-size:.92rem;font-weight:700;color:var(--c);line-height:1.3}.oc .g{margin-top:.1em}.f .cmp{font-weight:650;color:var(--ink)}
    .sk details{padding:.1rem .9rem .4rem;border-top:1px solid var(--line)}.sk h4{font-size:.9rem;margin-top:.35rem}.for{font-size:.88rem;margin-top:.5rem;font-weight:650}.sk details ol{list-style:decimal;padding-left:1.4rem;font-size:.88rem;columns:26rem;column-gap:2.5rem}.sk details li{break-inside:avoid}
    .ch{font-size:.88rem;padding-left:1.4rem;position:relative}.ch::before{content:"⇄";position:absolute;left:0;color:var(--soft)}
    .w{margin-top:1rem;padding:.8rem 1rem;border:1px solid var(--line);border-radius:.6rem;break-inside:avoid;scroll-margin-top:1rem}.w:target{outline:3px solid var(--link)}.w h3{font-size:1rem}.span{font-size:1.05rem}
    .w dl>div,.made>div{display:grid;grid-template-columns:12rem 1fr;gap:.1rem 1rem;padding:.2rem 0;font-size:.92rem}.w dt,.made dt{color:var(--soft)}
    footer{margin-top:2.5rem;padding-top:.75rem;border-top:1px solid var(--line);font-size:.85rem;color:var(--soft)}
    @media screen and (max-width:58rem){.cards thead{display:none}.cards,.cards tbody,.cards tr,.cards th,.cards td{display:block}.cards tr{padding:.5rem 0;border-bottom:1px solid var(--line)}.cards th,.cards td,.cards .num{border:0;padding:.05rem 0;text-align:left;white-space:normal}.cards td[data-l]::before{content:attr(data-l) ": ";color:var(--soft)}.cards td p{display:inline}}
    @media screen and (max-width:44rem){svg.wide{display:none}svg.narrow{display:block}.tiles{display:grid;grid-template-columns:1fr 1fr}.tiles li{max-width:none}.pp,.pp tbody,.pp tr,.pp th,.pp td{display:block}.pp tr{border-left:.35rem solid var(--c);border-top:1px solid var(--line);padding:.4rem .75rem}.pp .f th,.pp .f td,.pp .run td{width:auto;border:0;padding:.1rem 0}.w dl>div,.made>div{grid-template-columns:1fr}.sk details ol{columns:auto;padding-left:1.2rem}}

    """

  /// The signs: each outcome has a shape of its own.
  static let glyphs: HTML = {
    let symbols: [(String, HTML)] = [
      ("inside", #"<circle cx="8" cy="8" r="7" fill="currentColor"/>"#),
      (
        "approval-mismatch",
        #"<path d="M3 3l10 10M13 3L3 13" stroke="currentColor" stroke-width="3.4" stroke-linecap="round"/>"#
      ),
      ("approved-late", #"<path d="M8 1l7 13.5H1z" fill="currentColor"/>"#),
      (
        "depends",
        #"<circle class="hole" cx="8" cy="8" r="6.2" stroke="currentColor" stroke-width="1.8"/><path d="M8 1.8a6.2 6.2 0 0 0 0 12.4z" fill="currentColor"/>"#
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
      (
        "outside",
        #"<circle class="hole" cx="8" cy="8" r="5.6" stroke="currentColor" stroke-width="2"/>"#
      ),
      (
        "letter",
        #"<path class="hole" d="M1.2 3h13.6v10.4H1.2z" stroke="currentColor" stroke-width="1.6"/><path d="M1.2 3.4L8 9l6.8-5.6" fill="none" stroke="currentColor" stroke-width="1.6"/>"#
      ),
    ]
    return symbols.map { "<symbol id=\"g-\($0.0)\" viewBox=\"0 0 16 16\">\($0.1)</symbol>" as HTML }.joined()
      + ##"<pattern id="p-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="hole" d="M0 0h6v6H0z"/><path class="pen-ink" d="M0 0h1.6v6H0z"/></pattern><pattern id="p-dots" width="6" height="6" patternUnits="userSpaceOnUse"><path class="hole" d="M0 0h6v6H0z"/><circle class="pen-ink" cx="3" cy="3" r="1.3"/></pattern>"##
  }()
}
