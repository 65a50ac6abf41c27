using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Simulation;

namespace MailFlowBot;

/// <summary><c>read</c>: what a symptom text says. It opens no store and asks no server.</summary>
internal static class ReadVerb
{
    /// <param name="path">A file, or <c>-</c> for standard input.</param>
    /// <param name="servers">The names to match; those of the simulated organisation when there are none and it is
    /// configured.</param>
    public static async Task<int> RunAsync(string path, bool jsonl, string[] servers, string? language, CancellationToken cancellationToken)
    {
        if (TextInput.Open("read", path) is not { } input)
            return Verbs.WrongUse;
        using (input)
        {
            var texts = new ReadTexts(Inventory(servers), language);
            var output = Console.OpenStandardOutput();
            await using (output.ConfigureAwait(false))
            {
                var right = jsonl
                    ? await texts.LinesAsync(input, output, cancellationToken).ConfigureAwait(false)
                    : await texts.WholeAsync(input, output, cancellationToken).ConfigureAwait(false);
                return right ? Verbs.Fine : Verbs.WrongUse;
            }
        }
    }

    private static ServerName[] Inventory(string[] servers)
    {
        if (servers.Length > 0)
            return [.. servers.Select(name => new ServerName(name))];
        return Start.Configuration()["Organization:Mode"] is null or "Simulated"
            ? [.. new SimulatedOrganization(new JumpingTime(), Drills.Default).Servers]
            : [];
    }
}
