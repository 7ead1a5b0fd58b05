/// How the page prints: A4, a table of SKs on page one with room for answers and initials, no link to follow, no box to open.
enum HTMLPaper {
  static let rules = """
    @page{size:A4;margin:11mm 10mm 13mm;@bottom-right{content:counter(page) " / " counter(pages);font:8pt system-ui,sans-serif}}
    @page tight{size:A4;margin:7mm 8mm 9mm;@bottom-right{content:counter(page) " / " counter(pages);font:8pt system-ui,sans-serif}}
    @media print{
    .tight{page:tight}
    html{font-size:9pt;color-scheme:light}body{max-width:none;padding:0;line-height:1.35;-webkit-print-color-adjust:exact;print-color-adjust:exact}
    header{padding-top:0}nav,.filters,.only{display:none!important}h1>data{font-size:2rem}.caution,.tiles{margin:.4rem 0}.tiles li{padding:.2rem .5rem;max-width:14rem}.tiles b{font-size:1.1rem}
    main>section{margin-top:1rem}h2,h3,.hd{break-after:avoid}a{color:inherit;text-decoration:none}
    svg.wide{display:block}svg.narrow{display:none}figure{break-inside:avoid;margin:.3rem 0}
    .data{font-size:.85rem}.data th,.data td{padding:.15rem .4rem .15rem 0}.data .num{padding-right:.5rem}.data tr,.pp tr{break-inside:avoid}thead{display:table-header-group}
    .pen{display:table-cell;border-left:1px solid var(--line)!important;padding-left:.3rem!important;width:9%!important}.sks th:nth-child(1){width:14%}.sks th:nth-child(2){width:10%}.sks th.num{width:5.5%;font-size:.68rem}.sks th.law{width:17%}.sks th.by{width:9%}.sks .pen{width:8.5%!important}.cards thead th{font-size:.78rem}
    .sk{content-visibility:visible;overflow:visible;margin-top:.5rem;border-radius:0}.hd{padding:.2rem .4rem}.st,.facts,.hd .s,.cd{font-size:.85rem;margin:0;line-height:1.3}.pp th,.pp td{padding:.15rem .5rem .15rem 0;font-size:.85rem;line-height:1.25}.pp th{padding-left:.4rem;border-left-width:.2rem}.f p,.f .post .s,.f .oc{font-size:.8rem}.f .oc{font-weight:650}
    details:not([open]){display:none}.sk details ol{columns:2}body:not(.long) .sk details{display:block}body:not(.long) .sk details::details-content{content-visibility:visible;block-size:auto;display:block}body:not(.long) .sk summary{display:none}
    .tight{font-size:7.2pt;line-height:1.16}.tight .sk{margin-top:1.2mm;border-width:.4pt}.tight .hd{padding:.2mm 1mm}.tight .hd>*{display:inline;font-size:7pt;line-height:1.12}.tight .hd>*+*::before{content:" · "}.tight .cd{display:inline}.tight .cd>div{display:inline}.tight .cd>div+div::before{content:", "}.tight .cd dt,.tight .cd dd{display:inline;font-size:7.2pt}.tight .hd .s{font-size:7pt}.tight .pp th,.tight .pp td{padding:.25mm 1.4mm .25mm 0;font-size:7pt;line-height:1.12;border-top-width:.3pt}.tight .pp th{padding-left:1mm}.tight .f p,.tight .f .post p,.tight .f .post .s,.tight .f .oc,.tight .f .to{display:inline;font-size:6.9pt;line-height:1.12}.tight .to{padding-left:0!important}.tight .to::before{position:static;content:" → "}.tight .f p+p::before,.tight .f b+p::before{content:" · "}.tight .cd dt::after{content:" "}.tight .pp th{width:38%}.tight .run p,.tight .run td{display:revert;font-size:7.2pt}.tight .run p{display:inline}.tight .f p.to::before{content:" → "}.tight .dt dl>div{gap:0 .8mm}.tight .dt dt,.tight .dt dd,.tight .hit em{font-size:6.8pt;line-height:1.12}
    .tight .po{display:block;margin:.5mm 0}.tight dl .no,.tight .one .nl{display:none}.tight .one,.tight .one *{font-size:6.8pt!important;line-height:7.6pt!important}
    .tight .one .pp,.tight .one tbody,.tight .one tr,.tight .one th,.tight .one td,.tight .one .hd{display:inline;border:0;padding:0;background:none}.tight .one td::before{content:" · "}.tight .one{padding:0 .5mm;margin-top:.5mm;border-width:0 0 .3pt}.tight .hit .in{display:none}.tight .one .hd::after{content:" · "!important}.tight .hd .g{display:none}.tight .oc{color:inherit}.tight .hd::after{content:"  ✎ ………………………………";white-space:nowrap;color:var(--soft)}.tight .sks tr:nth-child(n+81){display:none}.tight .sks{font-size:7.2pt;line-height:1.16}.tight .g{width:.9em;height:.9em}
    }

    """
}
