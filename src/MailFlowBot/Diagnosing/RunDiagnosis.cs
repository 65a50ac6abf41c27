using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MailFlowBot.Incidents;
using MailFlowBot.Remote.Agent;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills;
using MailFlowBot.Skills.Diagnosis;
using MailFlowBot.Skills.Symptoms;

namespace MailFlowBot.Diagnosing;

/// <summary>
/// Pumps the diagnosis machine: makes the reads it needs, several at once, and gives it the answers. It holds a reader and nothing that
/// could change a server.
/// </summary>
internal sealed class RunDiagnosis(IncidentLog log, IIncidentStore store, IExchangeReader reader, TimeProvider organizationTime)
{
    private static readonly TimeSpan RawAnswersLive = TimeSpan.FromDays(7);

    /// <param name="quiet">
    /// True: nothing is appended unless a plan came of it, because people were told the result already and only want to hear of something new.
    /// </param>
    public async Task<Conclusion> RunAsync(
        IncidentId id, SymptomReading reading, IReadOnlyList<ServerName> servers, bool quiet, CancellationToken cancellationToken)
    {
        var examination = Skillbook.Begin(reading, servers);
        while (examination.Needs is { Count: > 0 } needs)
        {
            if (!quiet)
                await log.AppendAsync(id, _ => [.. needs.Select(Started)], cancellationToken).ConfigureAwait(false);
            await foreach (var asked in Task.WhenEach(needs.Select(read => reader.ReadAsync(read, cancellationToken))).ConfigureAwait(false))
            {
                var answer = await asked.ConfigureAwait(false);
                examination.Accept(answer);
                if (!quiet)
                    await log.AppendAsync(id, await AnsweredAsync(id, answer, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            }
        }

        var conclusion = examination.Conclude(organizationTime.GetUtcNow());
        if (!quiet || conclusion.Plan is not null)
            await log.AppendAsync(id, state => Concluded(state, Statements.Of(conclusion)), cancellationToken).ConfigureAwait(false);
        return conclusion;
    }

    // A plan rests on the findings it was made from; with new ones its button must go.
    private static IReadOnlyList<IncidentEvent> Concluded(Incident incident, DiagnosisMade made) =>
        incident is { PlanIsOpen: true, Plan: { } plan } ? [new PlanClosed(plan.Digest, "superseded"), made] : [made];

    private static CheckStarted Started(ReadOperation read) => new(read.Id, read.Server?.Value);

    private async Task<CheckAnswered> AnsweredAsync(IncidentId id, ReadAnswer answer, CancellationToken cancellationToken)
    {
        var server = answer.Read.Server?.Value;
        if (answer is not Seen seen)
        {
            var unseen = (NotSeen)answer;
            return new CheckAnswered(unseen.Read.Id, server, Statements.Kebab(unseen.Reason), Redaction.Redact(unseen.Detail).Text, null, 0, null);
        }

        var raw = JsonSerializer.Serialize(seen.Fact, seen.Fact.GetType());
        var salt = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(salt + raw)));
        await store.KeepRawAnswerAsync(id, hash, salt, raw, seen.At + RawAnswersLive, cancellationToken).ConfigureAwait(false);
        return new CheckAnswered(seen.Read.Id, server, null, null, seen.Origin.Name, Math.Round(seen.Took.TotalMilliseconds, 1), hash);
    }
}
