using MailFlowBot.Remote.Clixml;

namespace MailFlowBot.Remote.Psrp;

/// <summary>APPLICATION_PRIVATE_DATA (MS-PSRP 2.2.2.13): what a server tells of itself.</summary>
/// <param name="PowerShellVersion">From PSVersionTable; null when the server does not say.</param>
internal sealed record ApplicationPrivateData(Version? PowerShellVersion)
{
    public static ApplicationPrivateData Read(PsObject body)
    {
        var table = PsObject.Unwrap(body[PsrpNames.ApplicationPrivateData]) is PsDictionary data
            ? PsObject.Unwrap(data[PsrpNames.PsVersionTable]) as PsDictionary
            : null;
        return new ApplicationPrivateData(PsObject.Unwrap(table?[PsrpNames.PsVersion]) switch
        {
            Version version => version,
            string text when Version.TryParse(text, out var version) => version,
            _ => null,
        });
    }

    public PsObject ToObject()
    {
        var table = new PsDictionary
        {
            [PsrpNames.PsVersion] = PowerShellVersion,
            ["PSRemotingProtocolVersion"] = SessionCapability.Ours.Protocol,
            [PsrpNames.SerializationVersion] = SessionCapability.Ours.Serialization,
        };
        var data = new PsDictionary { [PsrpNames.PsVersionTable] = Dictionary(table) };
        return new PsObject { Extended = { [PsrpNames.ApplicationPrivateData] = Dictionary(data) } };
    }

    private static PsObject Dictionary(PsDictionary entries) => new() { TypeNames = PsrpNames.PrimitiveDictionaryTypes, BaseValue = entries };
}
