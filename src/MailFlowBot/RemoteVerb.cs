using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Endpoints;
using MailFlowBot.Remote.Transport;
using MailFlowBot.Settings;

namespace MailFlowBot;

/// <summary><c>remote identify|invoke</c>: talks to one endpoint, whatever the configuration says.</summary>
internal static class RemoteVerb
{
    /// <summary>The endpoint as it was typed.</summary>
    /// <param name="PasswordVariable">Name of the environment variable that holds the password; a command line is seen by everybody.</param>
    internal sealed record Target(
        string Endpoint, string Configuration, AuthenticationKind Authentication, string? User, string? PasswordVariable,
        string? TrustedRoots, string? Certificate, string? Principal, string? Proxy, string? Trace);

    public static async Task<int> IdentifyAsync(Target target, bool json, CancellationToken cancellationToken)
    {
        if (Template(target) is not { } template)
            return Verbs.WrongUse;
        try
        {
            using var trace = Trace(target);
            var probe = new EndpointProbe(template.For(AnyServer), trace);
            await using (probe.ConfigureAwait(false))
            {
                var offers = await probe.OffersAsync(cancellationToken).ConfigureAwait(false);
                // Said first: whoever is not let in wants to know how one would be.
                if (!json)
                    RemoteOutput.Offers(offers);
                RemoteOutput.Identity(await probe.IdentifyAsync(cancellationToken).ConfigureAwait(false), offers, json);
                return Verbs.Fine;
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return NoTrace(target, fault);
        }
        catch (EndpointUnreachableException fault)
        {
            await Console.Error.WriteLineAsync(fault.Message).ConfigureAwait(false);
            return fault.IsRefusal ? Verbs.Refusal : Verbs.Unreachable;
        }
    }

    public static async Task<int> InvokeAsync(Target target, string operation, string[] parameters, bool json, CancellationToken cancellationToken)
    {
        switch (ReadCatalogue.Parse(operation, parameters))
        {
            case ReadRequest.Understood understood:
                return Template(target) is { } template
                    ? await ReadAsync(target, template, understood.Read, json, cancellationToken).ConfigureAwait(false)
                    : Verbs.WrongUse;
            case ReadRequest.IsChange:
                return Wrong($"{operation} changes something. Only reads can be typed; a change takes a plan that a colleague approves. There are: {string.Join(", ", ReadCatalogue.Usage)}.");
            case ReadRequest.Unknown:
                return Wrong($"There is no operation '{operation}'. There are: {string.Join(", ", ReadCatalogue.Usage)}.");
            case ReadRequest.WrongParameter wrong:
                return Wrong($"{wrong.Name}: {wrong.Problem}");
            case var other:
                throw new InvalidOperationException($"A request without an answer: {other.GetType().Name}.");
        }
    }

    // A name for templates that have none in it.
    private static ServerName AnyServer => new("endpoint");

    private static async Task<int> ReadAsync(Target target, EndpointTemplate template, ReadOperation read, bool json, CancellationToken cancellationToken)
    {
        var server = read.Server ?? AnyServer;
        ExchangeTrace? opened;
        try
        {
            opened = Trace(target);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return NoTrace(target, fault);
        }

        using var trace = opened;
        var endpoints = new RemoteEndpoints(new RemoteOrganization([server], template, template), trace: trace);
        await using (endpoints.ConfigureAwait(false))
        {
            var answer = await endpoints.Reader.ReadAsync(read, cancellationToken).ConfigureAwait(false);
            RemoteOutput.Answer(answer, json);
            return answer switch
            {
                Seen => Verbs.Fine,
                NotSeen { Reason: NotSeenReason.Unreachable or NotSeenReason.TimedOut or NotSeenReason.NoEndpoint } => Verbs.Unreachable,
                _ => Verbs.Refusal,
            };
        }
    }

    private static ExchangeTrace? Trace(Target target) => target.Trace is { } path ? ExchangeTrace.Create(path) : null;

    private static int NoTrace(Target target, Exception fault) =>
        Wrong($"--trace: {target.Trace} cannot be begun: {fault.Message} An existing file is never written over.");

    private static EndpointTemplate? Template(Target target)
    {
        if (target.Authentication == AuthenticationKind.Ntlm)
            Start.AllowNtlm();
        var settings = new Dictionary<string, string?>
        {
            ["Endpoint"] = target.Endpoint,
            ["ConfigurationName"] = target.Configuration,
            ["Authentication"] = target.Authentication.ToString(),
            ["User"] = target.User,
            ["PasswordVariable"] = target.PasswordVariable,
            ["TrustedRoots"] = target.TrustedRoots,
            ["Certificate"] = target.Certificate,
            ["Spn"] = target.Principal,
            ["Proxy"] = target.Proxy,
        };
        var source = new SettingSource(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(pair => KeyValuePair.Create($"{Section}:{pair.Key}", pair.Value))).Build());
        var template = new EndpointSettingsReader(source, Section).Read(target.Configuration, []);
        foreach (var fault in source.Faults)
            Console.Error.WriteLine(Typed(fault));
        return source.Faults.Count == 0 ? template : null;
    }

    private const string Section = "remote";

    // The same checks as for the configuration, told in the words of the command line.
    private static string Typed(SettingFault fault) => fault.ToString()
        .Replace($"{Section}:Endpoint", "--endpoint", StringComparison.Ordinal)
        .Replace($"{Section}:Authentication", "--auth", StringComparison.Ordinal)
        .Replace($"{Section}:User", "--user", StringComparison.Ordinal)
        .Replace($"{Section}:PasswordVariable", "--password-env", StringComparison.Ordinal)
        .Replace($"{Section}:TrustedRoots", "--trusted-roots", StringComparison.Ordinal)
        .Replace($"{Section}:Certificate", "--certificate", StringComparison.Ordinal)
        .Replace($"{Section}:Proxy", "--proxy", StringComparison.Ordinal);

    private static int Wrong(string text)
    {
        Console.Error.WriteLine(text);
        return Verbs.WrongUse;
    }
}
