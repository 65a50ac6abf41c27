using MailFlowBot.Testing.Kerberos;

namespace MailFlowBot.EndToEnd.Tests.RemoteMode;

/// <summary>Every drill with Kerberos over plain http: a real KDC, a ticket cache, and every body encrypted.</summary>
public sealed class KerberosTests(KerberosTests.Fixture fixture) : IClassFixture<KerberosTests.Fixture>
{
    public static TheoryData<string> Drills => DrillsOverHttp.Names;

    [SkippableTheory]
    [MemberData(nameof(Drills))]
    public Task A_drill_is_carried_from_the_report_to_its_end(string drill)
    {
        LabKdc.Require();
        return DrillsOverHttp.CarryAsync(fixture.Lab!, drill);
    }

    [SkippableFact]
    public async Task Identify_and_invoke_work_with_the_ticket_cache()
    {
        LabKdc.Require();
        using var installation = new Installation(fixture.Lab!);
        var endpoint = installation.Environment["MAILFLOWBOT__Organization__Exchange__Endpoint"].Replace("{server}", "EX03", StringComparison.Ordinal);

        var identified = await installation.RunAsync("remote", "identify", "--endpoint", endpoint, "--auth", "kerberos");
        var read = await installation.RunAsync("remote", "invoke", "--endpoint", endpoint, "--auth", "kerberos", "ReadComponentStates", "Server=EX03", "--json");

        Assert.True(identified.Exit == 0, identified.Errors);
        Assert.Contains("Kerberos", identified.Output, StringComparison.Ordinal);
        Assert.True(read.Exit == 0, read.Errors);
        Assert.StartsWith("{\"operation\":\"component-states\",\"server\":\"EX03\"", read.Output, StringComparison.Ordinal);
    }

    public sealed class Fixture : IAsyncLifetime
    {
        internal LabProcess? Lab { get; private set; }

        public async Task InitializeAsync()
        {
            if (LabKdc.IsInstalled)
                Lab = await LabProcess.StartAsync("--auth", "kerberos", "--kdc");
        }

        public async Task DisposeAsync()
        {
            if (Lab is not null)
                await Lab.DisposeAsync();
        }
    }
}
