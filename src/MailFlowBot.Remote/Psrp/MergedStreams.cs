namespace MailFlowBot.Remote.Psrp;

/// <summary>
/// The streams of a command that go where its output goes, as <c>2&gt;&amp;1</c> does. What they carry then arrives as output, in order with
/// it.
/// </summary>
/// <remarks>
/// The wire could say other targets than the output, but MS-PSRP 2.2.3.31 and the engine number them differently, and no recorded client uses
/// them.
/// </remarks>
[Flags]
internal enum MergedStreams
{
    None = 0,

    /// <summary>All servers.</summary>
    Error = 1,

    /// <summary>Servers of protocol 2.2 and later, as the next two.</summary>
    Warning = 2,
    Verbose = 4,
    Debug = 8,

    /// <summary>Servers of protocol 2.3 and later.</summary>
    Information = 16,
}
