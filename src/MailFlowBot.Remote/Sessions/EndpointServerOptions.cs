using MailFlowBot.Remote.Psrp;
using MailFlowBot.Remote.Wsman;

namespace MailFlowBot.Remote.Sessions;

/// <summary>What an <see cref="EndpointServer"/> is like.</summary>
/// <param name="Commands">
/// The commands there are, for GET_COMMAND_METADATA and to refuse others; null to leave it to the handler, and metadata is empty
/// then.
/// </param>
internal sealed record EndpointServerOptions(IReadOnlyList<CommandMetadata>? Commands = null)
{
    public ShellServerOptions Shells { get; init; } = new();

    /// <summary>Exchange 2013 and later run on 5.1 of one build or another.</summary>
    public Version PowerShellVersion { get; init; } = new(5, 1, 17763, 1);

    public PsrpLimits Limits { get; init; } = PsrpLimits.Default;
}
