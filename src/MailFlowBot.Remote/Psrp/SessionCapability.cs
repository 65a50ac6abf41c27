using MailFlowBot.Remote.Clixml;

namespace MailFlowBot.Remote.Psrp;

/// <summary>SESSION_CAPABILITY (MS-PSRP 2.2.2.1): the versions that a side speaks.</summary>
internal sealed record SessionCapability(Version Protocol, Version PowerShell, Version Serialization)
{
    /// <summary>
    /// 2.3 and not 2.4: 2.4 drops the session key exchange, so secrets would travel as plain base64 wherever the transport does
    /// not encrypt.
    /// </summary>
    public static SessionCapability Ours { get; } = new(new Version(2, 3), new Version(2, 0), new Version(1, 1, 0, 1));

    private static readonly Version LowestProtocol = new(2, 1);

    public static SessionCapability Read(PsObject body) => new(
        Body.Version(body, PsrpNames.ProtocolVersion),
        Body.Version(body, PsrpNames.PsVersion),
        Body.Version(body, PsrpNames.SerializationVersion));

    public PsObject ToObject() => new()
    {
        Extended =
        {
            [PsrpNames.ProtocolVersion] = Protocol,
            [PsrpNames.PsVersion] = PowerShell,
            [PsrpNames.SerializationVersion] = Serialization,
        },
    };

    /// <summary>
    /// True when our client may talk to a server of these versions: same major versions, protocol 2.1 or later.
    /// </summary>
    public bool IsServerForUs() => Protocol >= LowestProtocol && Fits();

    /// <summary>
    /// True when our server serves a client of these versions. Recorded servers accept protocol 2.0 to 2.5 alike.
    /// </summary>
    public bool IsClientForUs() => Fits();

    /// <summary>
    /// What a server says to a client: an older protocol of the same major version is spoken back, as recorded servers do.
    /// </summary>
    public static SessionCapability AnswerTo(SessionCapability client) =>
        client.IsClientForUs() && client.Protocol < Ours.Protocol ? Ours with { Protocol = client.Protocol } : Ours;

    private bool Fits() =>
        Protocol.Major == Ours.Protocol.Major
        && PowerShell.Major == Ours.PowerShell.Major
        && Serialization.Major == Ours.Serialization.Major
        && Serialization.Minor >= Ours.Serialization.Minor;
}
