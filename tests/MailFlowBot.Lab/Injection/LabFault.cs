using MailFlowBot.Lab.Http;
using MailFlowBot.Remote.Sessions;

namespace MailFlowBot.Lab.Injection;

/// <summary>Something that goes wrong on purpose. Closed: each kind strikes at one stage of a request.</summary>
/// <param name="Name">As typed.</param>
/// <param name="Text">What happens, for people.</param>
/// <param name="Aim">The requests that it strikes unless told otherwise.</param>
internal abstract record LabFault(string Name, string Text, LabAction Aim)
{
    /// <summary>Strikes while TLS greets: the certificate is the expired one.</summary>
    internal sealed record OfCertificate(string Name, string Text) : LabFault(Name, Text, LabAction.Any);

    /// <summary>Strikes before the body is read; only a request count aims it.</summary>
    internal sealed record BeforeReading(string Name, string Text, Func<FaultScene, Task> Act) : LabFault(Name, Text, LabAction.Any);

    /// <summary>Strikes when the request was read: the endpoint never sees it.</summary>
    internal sealed record Instead(string Name, string Text, LabAction Aim, Func<FaultScene, Task> Act) : LabFault(Name, Text, Aim);

    /// <summary>Strikes when the endpoint has answered: writes the answer wrongly, or not at all.</summary>
    internal sealed record OfReply(string Name, string Text, LabAction Aim, Func<FaultScene, LabReply, Task> Act) : LabFault(Name, Text, Aim);

    /// <summary>Changes the bytes of an answer envelope; null where this one offers nothing to change.</summary>
    internal sealed record OfAnswer(string Name, string Text, LabAction Aim, Func<ReadOnlyMemory<byte>, byte[]?> Change)
        : LabFault(Name, Text, Aim);

    /// <summary>Strikes when a command runs; null lets it run on.</summary>
    internal sealed record OfCommand(string Name, string Text, Func<ServedPipeline, PipelineResult?> Act)
        : LabFault(Name, Text, LabAction.Command);
}
