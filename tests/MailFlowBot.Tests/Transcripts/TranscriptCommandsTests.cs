using System.Text.Json.Nodes;
using MailFlowBot.Remote.Approvals;
using MailFlowBot.Storage.Sqlite;
using MailFlowBot.Tests.Incidents;
using MailFlowBot.Tests.Storage.Sqlite;
using MailFlowBot.Transcripts;

namespace MailFlowBot.Tests.Transcripts;

public sealed class TranscriptCommandsTests : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private readonly SqliteIncidentStore _store;
    private readonly ApprovalKey _key;

    public TranscriptCommandsTests()
    {
        _store = SqliteIncidentStore.Open(_folder.File("incidents.db"), Happenings.Start);
        _key = InstallationKey.LoadOrCreate(KeyFile);
    }

    private string KeyFile => _folder.File(InstallationKey.FileName);

    private TranscriptCommands Commands => new(_output, _error, "en");

    private ExportTranscript Exporter => new(_store, _key, SealedLogs.Wording, baseUrl: null);

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _key.Dispose();
        _folder.Dispose();
        _output.Dispose();
        _error.Dispose();
    }

    [Theory]
    [InlineData("md")]
    [InlineData("html")]
    [InlineData("json")]
    public async Task What_is_exported_verifies_with_the_installations_key_and_with_its_printed_public_key(string format)
    {
        await FilledAsync();
        var file = _folder.File("transcript." + format);
        Assert.Equal(0, await Commands.ExportAsync(Exporter, "INC-1", format, file, null, default));
        Assert.Equal(0, await Commands.KeyAsync(KeyFile));
        await File.WriteAllTextAsync(_folder.File("public.pem"), _output.ToString());

        Assert.Equal(0, await Commands.VerifyAsync(file, null, KeyFile, default));
        Assert.Equal(0, await Commands.VerifyAsync(file, _folder.File("public.pem"), _folder.File("nowhere.pem"), default));

        Assert.Contains("INC-1: unchanged, signed by key " + _key.Id, _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("Complete up to checkpoint 1, 2026-03-14T02:40:02.000Z (event 2).", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_file_the_transcript_is_the_output_and_nothing_else_is()
    {
        await FilledAsync();

        Assert.Equal(0, await Commands.ExportAsync(Exporter, "inc-1", "json", null, null, default));

        Assert.IsType<TranscriptIntact>(VerifyTranscript.Verify(SealedLogs.Bytes(_output.ToString()), _key.Public));
        Assert.Equal("", _error.ToString());
    }

    [Fact]
    public async Task A_changed_transcript_is_a_finding_that_names_the_event()
    {
        await FilledAsync();
        var file = _folder.File("t.json");
        await Commands.ExportAsync(Exporter, "INC-1", "json", file, null, default);
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("a note", "no note", StringComparison.Ordinal));

        Assert.Equal(1, await Commands.VerifyAsync(file, null, KeyFile, default));
        Assert.Contains("CHANGED: event 2 (note-added)", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cut_transcript_is_never_just_fine()
    {
        await FilledAsync();
        var file = _folder.File("t.md");
        await Commands.ExportAsync(Exporter, "INC-1", "md", file, null, default);
        var lines = await File.ReadAllLinesAsync(file);
        await File.WriteAllLinesAsync(file, lines[..^3]);

        Assert.Equal(1, await Commands.VerifyAsync(file, null, KeyFile, default));
        Assert.Contains("CUT", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("Complete up to checkpoint 1, 2026-03-14T02:40:02.000Z", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_signer_is_a_finding()
    {
        await FilledAsync();
        using var other = ApprovalKey.Create();
        await File.WriteAllTextAsync(_folder.File("other.pem"), other.Public.ToPem());
        var file = _folder.File("t.html");
        await Commands.ExportAsync(Exporter, "INC-1", "html", file, null, default);

        Assert.Equal(1, await Commands.VerifyAsync(file, _folder.File("other.pem"), KeyFile, default));
        Assert.Contains("UNKNOWN SIGNER", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_what_cannot_be_exported_and_why()
    {
        Assert.Equal(1, await Commands.ExportAsync(Exporter, "INC-9", "md", null, null, default));
        Assert.Equal(2, await Commands.ExportAsync(Exporter, "nine", "md", null, null, default));
        Assert.Equal(2, await Commands.ExportAsync(Exporter, "INC-9", "pdf", null, null, default));
        await FilledAsync();
        Assert.Equal(3, await Commands.ExportAsync(Exporter, "INC-1", "md", _folder.File("no/such/folder.md"), null, default));

        Assert.Equal("", _output.ToString());
        Assert.Contains("INC-9: there is no such incident", _error.ToString(), StringComparison.Ordinal);
        Assert.Contains("nine is no incident id", _error.ToString(), StringComparison.Ordinal);
        Assert.Contains("pdf is no format", _error.ToString(), StringComparison.Ordinal);
        Assert.Contains("folder.md", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_what_cannot_be_verified_and_why()
    {
        var file = _folder.File("note.txt");
        await File.WriteAllTextAsync(file, "hello\u001b[31m");
        await File.WriteAllTextAsync(_folder.File("bad.pem"), "no key");

        Assert.Equal(1, await Commands.VerifyAsync(file, null, KeyFile, default));
        Assert.Equal(3, await Commands.VerifyAsync(_folder.File("absent.md"), null, KeyFile, default));
        Assert.Equal(3, await Commands.VerifyAsync(file, _folder.File("bad.pem"), KeyFile, default));
        Assert.Equal(3, await Commands.VerifyAsync(file, _folder.File("absent.pem"), KeyFile, default));
        Assert.Equal(2, await Commands.VerifyAsync(file, null, _folder.File("absent.pem"), default));

        Assert.Contains("NOT A TRANSCRIPT", _output.ToString(), StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File("absent.pem")));
    }

    [Fact]
    public async Task Lists_incidents_as_a_table_and_as_json()
    {
        Assert.Equal(0, await Commands.ListAsync(_store, json: false, default));
        Assert.StartsWith("No incidents.", _output.ToString(), StringComparison.Ordinal);
        await FilledAsync();
        _output.GetStringBuilder().Clear();

        Assert.Equal(0, await Commands.ListAsync(_store, json: true, default));

        var incident = JsonNode.Parse(_output.ToString())!;
        Assert.Equal("INC-1", incident["id"]!.GetValue<string>());
        Assert.Equal(4, incident["events"]!.GetValue<int>());
        Assert.Equal(0, await Commands.ListAsync(_store, json: false, default));
        Assert.Contains("INC-1  2026-03-14T02:40:00.000Z", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_damaged_is_not_replaced()
    {
        await File.WriteAllTextAsync(_folder.File("damaged.pem"), "");

        Assert.Equal(3, await Commands.KeyAsync(_folder.File("damaged.pem")));

        Assert.Equal("", await File.ReadAllTextAsync(_folder.File("damaged.pem")));
        Assert.Contains("damaged.pem", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_installations_key_is_made_once_and_only_its_owner_reads_it()
    {
        using var again = InstallationKey.LoadOrCreate(KeyFile);

        Assert.Equal(_key.Id, again.Id);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));
    }

    private async Task FilledAsync()
    {
        var first = await _store.OpenAsync(Happenings.Opened(), Happenings.Start, default);
        var note = (await _store.AppendAsync(first.Incident, 1, [Happenings.Note("a note")], Happenings.Start.AddSeconds(1), default))![0];
        await _store.AppendAsync(first.Incident, 2, [CheckpointSigner.Sign(note, _key)], Happenings.Start.AddSeconds(2), default);
        await _store.AppendAsync(first.Incident, 3, [Happenings.Note("later")], Happenings.Start.AddSeconds(3), default);
    }
}
