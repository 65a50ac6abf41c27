namespace MailFlowBot.Remote.Clixml;

/// <summary>The element names of CLIXML (MS-PSRP 2.2.5), spelled as on the wire.</summary>
internal enum ClixmlTag
{
    Unknown,

    // Containers of values.
    Objs, Obj, Ref, Props, MS, LST, IE, STK, QUE, DCT, En,

    // Parts of an object.
    TN, TNRef, T, ToString,

    // Primitives (MS-PSRP 2.2.5.1).
    Nil, S, C, B, By, SB, I16, U16, I32, U32, I64, U64, Sg, Db, D, DT, TS, BA, G, URI, Version, XD, SBK, SS, PR,

    // Parts of PR.
    AV, AI, CO, PI, PC, SR, SD,
}

internal static class ClixmlTags
{
    public static bool IsValue(this ClixmlTag tag) =>
        tag is ClixmlTag.Obj or ClixmlTag.Ref or (>= ClixmlTag.Nil and <= ClixmlTag.PR);

    public static ClixmlTag Of(string localName) => localName switch
    {
        "S" => ClixmlTag.S,
        "Obj" => ClixmlTag.Obj,
        "B" => ClixmlTag.B,
        "I32" => ClixmlTag.I32,
        "Nil" => ClixmlTag.Nil,
        "T" => ClixmlTag.T,
        "TN" => ClixmlTag.TN,
        "TNRef" => ClixmlTag.TNRef,
        "ToString" => ClixmlTag.ToString,
        "MS" => ClixmlTag.MS,
        "Props" => ClixmlTag.Props,
        "LST" => ClixmlTag.LST,
        "DCT" => ClixmlTag.DCT,
        "En" => ClixmlTag.En,
        "Ref" => ClixmlTag.Ref,
        "IE" => ClixmlTag.IE,
        "STK" => ClixmlTag.STK,
        "QUE" => ClixmlTag.QUE,
        "Objs" => ClixmlTag.Objs,
        "C" => ClixmlTag.C,
        "By" => ClixmlTag.By,
        "SB" => ClixmlTag.SB,
        "I16" => ClixmlTag.I16,
        "U16" => ClixmlTag.U16,
        "U32" => ClixmlTag.U32,
        "I64" => ClixmlTag.I64,
        "U64" => ClixmlTag.U64,
        "Sg" => ClixmlTag.Sg,
        "Db" => ClixmlTag.Db,
        "D" => ClixmlTag.D,
        "DT" => ClixmlTag.DT,
        "TS" => ClixmlTag.TS,
        "BA" => ClixmlTag.BA,
        "G" => ClixmlTag.G,
        "URI" => ClixmlTag.URI,
        "Version" => ClixmlTag.Version,
        "XD" => ClixmlTag.XD,
        "SBK" => ClixmlTag.SBK,
        "SS" => ClixmlTag.SS,
        "PR" => ClixmlTag.PR,
        "AV" => ClixmlTag.AV,
        "AI" => ClixmlTag.AI,
        "CO" => ClixmlTag.CO,
        "PI" => ClixmlTag.PI,
        "PC" => ClixmlTag.PC,
        "SR" => ClixmlTag.SR,
        "SD" => ClixmlTag.SD,
        _ => ClixmlTag.Unknown,
    };
}
