namespace MailFlowBot.EndToEnd.Tests.RemoteMode;

/// <summary>Every drill with Basic over TLS, the lab's authority trusted by file.</summary>
public sealed class BasicOverTlsTests(BasicOverTlsTests.Fixture fixture) : IClassFixture<BasicOverTlsTests.Fixture>
{
    public static TheoryData<string> Drills => DrillsOverHttp.Names;

    [Theory]
    [MemberData(nameof(Drills))]
    public Task A_drill_is_carried_from_the_report_to_its_end(string drill) => DrillsOverHttp.CarryAsync(fixture.Lab, drill);

    public sealed class Fixture : IAsyncLifetime
    {
        internal LabProcess Lab { get; private set; } = null!;

        public async Task InitializeAsync() => Lab = await LabProcess.StartAsync("--auth", "basic");

        public Task DisposeAsync() => Lab.DisposeAsync().AsTask();
    }
}
