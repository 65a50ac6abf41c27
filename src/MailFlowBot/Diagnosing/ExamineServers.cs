using MailFlowBot.Remote.Agent;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills;
using MailFlowBot.Skills.Diagnosis;
using MailFlowBot.Skills.Symptoms;

namespace MailFlowBot.Diagnosing;

/// <summary>
/// Pumps the diagnosis machine: makes the reads it needs, several at once, and gives it the answers. It holds a reader and nothing that
/// could change a server, and keeps nothing.
/// </summary>
internal sealed class ExamineServers(IExchangeReader reader, TimeProvider organizationTime)
{
    /// <param name="asking">Told before each round of reads.</param>
    /// <param name="answered">Told of each answer as it comes.</param>
    public async Task<Conclusion> RunAsync(
        SymptomReading reading, IReadOnlyList<ServerName> servers, Func<IReadOnlyList<ReadOperation>, Task> asking,
        Func<ReadAnswer, Task> answered, CancellationToken cancellationToken)
    {
        var examination = Skillbook.Begin(reading, servers);
        while (examination.Needs is { Count: > 0 } needs)
        {
            await asking(needs).ConfigureAwait(false);
            await foreach (var asked in Task.WhenEach(needs.Select(read => reader.ReadAsync(read, cancellationToken))).ConfigureAwait(false))
            {
                var answer = await asked.ConfigureAwait(false);
                examination.Accept(answer);
                await answered(answer).ConfigureAwait(false);
            }
        }

        return examination.Conclude(organizationTime.GetUtcNow());
    }
}
