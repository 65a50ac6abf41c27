using System.Text;
using System.Text.Json.Nodes;
using MailFlowBot.Incidents;
using MailFlowBot.Remote.Approvals;
using IncidentId = MailFlowBot.Incidents.IncidentId;

namespace MailFlowBot.Transcripts;

/// <summary>
/// The verbs <c>transcript list</c>, <c>export</c>, <c>verify</c> and <c>key</c>. Each returns the exit code: 0 fine, 1 a finding, a refusal
/// or an unknown signer, 2 wrong use, 3 something could not be reached. Faults of the store itself go to the caller.
/// </summary>
/// <param name="output">Results.</param>
/// <param name="error">Everything else.</param>
/// <param name="language"><c>en</c> or <c>ja</c>.</param>
internal sealed class TranscriptCommands(TextWriter output, TextWriter error, string? language)
{
    private const int Fine = 0;
    private const int Finding = 1;
    private const int WrongUse = 2;
    private const int Unreachable = 3;

    private readonly TranscriptStrings _strings = TranscriptStrings.Of(language);

    /// <param name="json">One JSON object a line instead of a table.</param>
    public Task<int> ListAsync(IIncidentStore store, bool json, CancellationToken cancellationToken) => GuardAsync("", async () =>
    {
        var incidents = await store.ListAsync(cancellationToken).ConfigureAwait(false);
        if (!json)
            output.WriteLine(incidents.Count == 0 ? _strings.Say("list.none") : _strings.Say("list.columns"));
        foreach (var incident in incidents)
            output.WriteLine(json ? Json(incident) : Row(incident));
        return Fine;
    });

    /// <param name="file">Where to write; null writes to the output.</param>
    /// <param name="language">Language of the transcript; null takes the thread's.</param>
    public Task<int> ExportAsync(
        ExportTranscript export, string id, string format, string? file, string? language, CancellationToken cancellationToken) =>
        GuardAsync(file ?? "", async () =>
        {
            if (TranscriptFormats.Find(format) is not { } known)
                return Fail(WrongUse, "export.bad-format", ("format", format));
            if (!IncidentId.TryParse(id, out var incident))
                return Fail(WrongUse, "export.bad-id", ("id", id));
            var transcript = await export.ExportAsync(incident, known, language, cancellationToken).ConfigureAwait(false);
            if (transcript is null)
                return Fail(Finding, "export.unknown", ("id", id));
            if (file is null)
            {
                await output.WriteAsync(Encoding.UTF8.GetString(transcript.Bytes)).ConfigureAwait(false);
                return Fine;
            }

            await File.WriteAllBytesAsync(file, transcript.Bytes, cancellationToken).ConfigureAwait(false);
            error.WriteLine(VisibleText.OneLine(_strings.Say(
                "export.written",
                ("file", file),
                ("incident", transcript.Incident.ToString()),
                ("events", EntryTitle.Number(transcript.Events)))));
            return Fine;
        });

    /// <param name="keyFile">A public key as PEM; null takes this installation's.</param>
    /// <param name="installationKey">Path of this installation's key.</param>
    public Task<int> VerifyAsync(string file, string? keyFile, string installationKey, CancellationToken cancellationToken) =>
        GuardAsync(file, async () =>
        {
            if (keyFile is null && !File.Exists(installationKey))
                return Fail(WrongUse, "key.missing", ("file", installationKey));
            var key = await KeyAsync(keyFile, installationKey, cancellationToken).ConfigureAwait(false);
            // The size is asked first: what is too large to be a transcript is not read.
            var verdict = new FileInfo(file).Length > VerifyTranscript.LargestFile
                ? new NotATranscript(NoTranscriptReason.TooLarge, 0)
                : VerifyTranscript.Verify(await File.ReadAllBytesAsync(file, cancellationToken).ConfigureAwait(false), key);
            foreach (var line in new VerdictText(_strings).Of(verdict, file, key.Id.Value))
                output.WriteLine(line);
            return verdict is TranscriptIntact ? Fine : Finding;
        });

    /// <summary>Prints the public key of this installation, which others need to verify its transcripts.</summary>
    public Task<int> KeyAsync(string installationKey) => GuardAsync(installationKey, () =>
    {
        using var key = InstallationKey.LoadOrCreate(installationKey);
        output.WriteLine(key.Public.ToPem());
        error.WriteLine(_strings.Say("line.key", ("key", key.Id.Value)));
        return Task.FromResult(Fine);
    });

    private static async Task<TrustedKey> KeyAsync(string? keyFile, string installationKey, CancellationToken cancellationToken)
    {
        if (keyFile is not null)
            return TrustedKey.FromPem(await File.ReadAllTextAsync(keyFile, cancellationToken).ConfigureAwait(false));
        using var own = ApprovalKey.Load(installationKey);
        return own.Public;
    }

    private async Task<int> GuardAsync(string file, Func<Task<int>> verb)
    {
        try
        {
            return await verb().ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return Fail(Unreachable, "file.unreachable", ("file", file), ("reason", fault.Message));
        }
        catch (ApprovalFormatException fault)
        {
            return Fail(Unreachable, "fault", ("reason", fault.Message));
        }
    }

    private int Fail(int code, string key, params ReadOnlySpan<(string Name, string Value)> arguments)
    {
        error.WriteLine(VisibleText.OneLine(_strings.Say(key, arguments)));
        return code;
    }

    private static string Row(IncidentSummary incident) => VisibleText.OneLine(string.Join(
        "  ",
        incident.Id,
        TranscriptTime.Write(incident.Opened),
        TranscriptTime.Write(incident.Last),
        EntryTitle.Number(incident.Events),
        incident.OpenedBy,
        $"{incident.Conversation.Channel} {incident.Conversation.Thread}"));

    private static string Json(IncidentSummary incident) => new JsonObject
    {
        ["id"] = incident.Id.ToString(),
        ["opened"] = TranscriptTime.Write(incident.Opened),
        ["last"] = TranscriptTime.Write(incident.Last),
        ["events"] = incident.Events,
        ["openedBy"] = incident.OpenedBy,
        ["channel"] = incident.Conversation.Channel,
        ["thread"] = incident.Conversation.Thread,
    }.ToJsonString();
}
