namespace MailFlowBot.Remote.Wsman;

/// <summary>Answers Enumerate and Pull. Keeps nothing between them: the context is the place in the list.</summary>
internal sealed class ServedLists(ShellServerOptions options, IReadOnlyCollection<ServedShell> shells, ServerAnswers answers)
{
    public WsmanAnswer Enumerate(WsmanRequest.Enumerate request, ShellCaller caller, DateTimeOffset now)
    {
        switch (request.Header.ResourceUri)
        {
            case WsmanNames.ShellResource:
                return Shells(request, from: 0, request.MaxElements, caller, now);
            case WsmanNames.CommandResource when Own(caller).FirstOrDefault(shell => shell.Id == request.Of) is { } shell:
                // Never more than a shell may have.
                var commands = shell.Commands.Select(entry => new CommandDescription(entry.Key, entry.Value.IsDone ? "Done" : "Running"));
                return Answer(request, [], [.. commands], null);
            case WsmanNames.CommandResource:
                return answers.Fault(request, ServerFaults.UnknownShell(request.Of));
            default:
                return answers.Fault(request, ServerFaults.UnknownResource(request.Header.ResourceUri));
        }
    }

    public WsmanAnswer Pull(WsmanRequest.Pull request, ShellCaller caller, DateTimeOffset now) =>
        int.TryParse(request.Context, out var from) && from > 0
            ? Shells(request, from, request.MaxElements, caller, now)
            : answers.Fault(request, ServerFaults.UnknownContext(request.Context));

    private WsmanAnswer Shells(WsmanRequest request, int from, int max, ShellCaller caller, DateTimeOffset now)
    {
        var own = Own(caller).ToList();
        var count = Math.Clamp(Math.Min(max, options.MaxListed), 1, Math.Max(1, own.Count - from));
        var listed = own.Skip(from).Take(count).Select(shell => shell.Describe(now)).ToList();
        var next = from + listed.Count;
        return Answer(
            request, listed, [], next < own.Count ? next.ToString(System.Globalization.CultureInfo.InvariantCulture) : null);
    }

    private IEnumerable<ServedShell> Own(ShellCaller caller) =>
        shells.Where(shell => string.Equals(shell.Owner, caller.User, StringComparison.OrdinalIgnoreCase));

    private WsmanAnswer Answer(
        WsmanRequest request, IReadOnlyList<ShellDescription> listed, IReadOnlyList<CommandDescription> commands, string? context) =>
        ServerAnswers.To(new WsmanResponse.Enumerated(
            answers.NextId(), request.Header.MessageId, listed, commands, context, request is WsmanRequest.Pull));
}
