using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MailFlowBot.Incidents;
using MailFlowBot.Remote.Agent;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Skills.Diagnosis;
using MailFlowBot.Skills.Symptoms;

namespace MailFlowBot.Diagnosing;

/// <summary>A diagnosis of an incident, written down as it goes on. It holds a reader and nothing that could change a server.</summary>
internal sealed class RunDiagnosis(IncidentLog log, IIncidentStore store, IExchangeReader reader, TimeProvider organizationTime)
{
    private static readonly TimeSpan RawAnswersLive = TimeSpan.FromDays(7);

    private readonly ExamineServers _examine = new(reader, organizationTime);

    /// <param name="quiet">
    /// True: nothing is appended unless a plan came of it, because people were told the result already and only want to hear of something new.
    /// </param>
    public async Task<Conclusion> RunAsync(
        IncidentId id, SymptomReading reading, IReadOnlyList<ServerName> servers, bool quiet, CancellationToken cancellationToken)
    {
        var conclusion = await _examine.RunAsync(
            reading,
            servers,
            async needs =>
            {
                if (!quiet)
                    await log.AppendAsync(id, _ => [.. needs.Select(Statements.Of)], cancellationToken).ConfigureAwait(false);
            },
            async answer =>
            {
                if (!quiet)
                    await log.AppendAsync(id, await AnsweredAsync(id, answer, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        if (!quiet || conclusion.Plan is not null)
            await log.AppendAsync(id, state => Concluded(state, Statements.Of(conclusion)), cancellationToken).ConfigureAwait(false);
        return conclusion;
    }

    // A plan rests on the findings it was made from; with new ones its button must go.
    private static IReadOnlyList<IncidentEvent> Concluded(Incident incident, DiagnosisMade made) =>
        incident is { PlanIsOpen: true, Plan: { } plan } ? [new PlanClosed(plan.Digest, "superseded"), made] : [made];

    private async Task<CheckAnswered> AnsweredAsync(IncidentId id, ReadAnswer answer, CancellationToken cancellationToken)
    {
        if (answer is not Seen seen)
            return Statements.Of(answer);
        var raw = JsonSerializer.Serialize(seen.Fact, seen.Fact.GetType());
        var salt = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(salt + raw)));
        await store.KeepRawAnswerAsync(id, hash, salt, raw, seen.At + RawAnswersLive, cancellationToken).ConfigureAwait(false);
        return Statements.Of(answer) with { AnswerHash = hash };
    }
}
