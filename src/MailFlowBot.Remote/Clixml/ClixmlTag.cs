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

    /// <summary>The tag whose name these bytes are, in a switch over whole words: no name is longer than eight bytes.</summary>
    public static ClixmlTag Of(ReadOnlySpan<byte> name)
    {
        if (name.Length > sizeof(ulong))
            return ClixmlTag.Unknown;
        var word = 0UL;
        for (var at = 0; at < name.Length; at++)
            word |= (ulong)name[at] << (at * 8);
        return Of(word);
    }

    /// <summary>The same for a name packed into a word, its first byte lowest.</summary>
    public static ClixmlTag Of(ulong word) => word switch
    {
        0x53 => ClixmlTag.S,
        0x6A624F => ClixmlTag.Obj,
        0x42 => ClixmlTag.B,
        0x323349 => ClixmlTag.I32,
        0x6C694E => ClixmlTag.Nil,
        0x54 => ClixmlTag.T,
        0x4E54 => ClixmlTag.TN,
        0x6665524E54 => ClixmlTag.TNRef,
        0x676E697274536F54 => ClixmlTag.ToString,
        0x534D => ClixmlTag.MS,
        0x73706F7250 => ClixmlTag.Props,
        0x54534C => ClixmlTag.LST,
        0x544344 => ClixmlTag.DCT,
        0x6E45 => ClixmlTag.En,
        0x666552 => ClixmlTag.Ref,
        0x4549 => ClixmlTag.IE,
        0x4B5453 => ClixmlTag.STK,
        0x455551 => ClixmlTag.QUE,
        0x736A624F => ClixmlTag.Objs,
        0x43 => ClixmlTag.C,
        0x7942 => ClixmlTag.By,
        0x4253 => ClixmlTag.SB,
        0x363149 => ClixmlTag.I16,
        0x363155 => ClixmlTag.U16,
        0x323355 => ClixmlTag.U32,
        0x343649 => ClixmlTag.I64,
        0x343655 => ClixmlTag.U64,
        0x6753 => ClixmlTag.Sg,
        0x6244 => ClixmlTag.Db,
        0x44 => ClixmlTag.D,
        0x5444 => ClixmlTag.DT,
        0x5354 => ClixmlTag.TS,
        0x4142 => ClixmlTag.BA,
        0x47 => ClixmlTag.G,
        0x495255 => ClixmlTag.URI,
        0x6E6F6973726556 => ClixmlTag.Version,
        0x4458 => ClixmlTag.XD,
        0x4B4253 => ClixmlTag.SBK,
        0x5353 => ClixmlTag.SS,
        0x5250 => ClixmlTag.PR,
        0x5641 => ClixmlTag.AV,
        0x4941 => ClixmlTag.AI,
        0x4F43 => ClixmlTag.CO,
        0x4950 => ClixmlTag.PI,
        0x4350 => ClixmlTag.PC,
        0x5253 => ClixmlTag.SR,
        0x4453 => ClixmlTag.SD,
        _ => ClixmlTag.Unknown,
    };
}
