using System.Text.RegularExpressions;

namespace MailFlowBot.Remote.Catalogue;

/// <summary>A sign that setup or an update is running or did not end well.</summary>
public enum UpdateSign { SetupRunning, Watermark, RebootPending, ServiceDisabled, BuildMismatch }

/// <summary>Signs of a running or interrupted update on a server, and what of them could not be read.</summary>
public sealed partial record UpdateEvidence(IReadOnlyList<UpdateSign> Signs, IReadOnlyList<string> NotSeen)
{
    // Setup disables these for its own duration; a server that keeps them Disabled was left in the middle.
    private static readonly IReadOnlyList<WindowsService> DisabledBySetup =
        [WindowsService.Transport, WindowsService.FrontEndTransport, WindowsService.Submission, WindowsService.Delivery];

    public static IReadOnlyList<ReadOperation> Reads(ServerName server) =>
        [new ReadInventory(), new ReadInstallState(server), new ReadServices(server)];

    public static UpdateEvidence Of(ServerName server, Readings readings)
    {
        var signs = new List<UpdateSign>();
        var notSeen = new List<string>();

        var install = readings.Fact<InstallStateFact>(new ReadInstallState(server));
        if (install?.SetupRunning == true)
            signs.Add(UpdateSign.SetupRunning);
        if (install?.Watermark == true)
            signs.Add(UpdateSign.Watermark);
        if (install?.RebootPending == true)
            signs.Add(UpdateSign.RebootPending);
        if (install is not { SetupRunning: not null, Watermark: not null, RebootPending: not null })
            notSeen.Add("install-state");

        if (readings.Services(server) is not { } services)
            notSeen.Add("services");
        else if (services.Services.Any(reading => reading.StartType == ServiceStartType.Disabled && DisabledBySetup.Contains(reading.Service)))
            signs.Add(UpdateSign.ServiceDisabled);

        var admin = Build(readings.Inventory?.Find(server)?.Version);
        var setup = Build(install?.SetupBuild);
        if (admin is not null && setup is not null && admin != setup)
            signs.Add(UpdateSign.BuildMismatch);

        return new UpdateEvidence(signs, notSeen);
    }

    /// <summary>
    /// Major, minor and build of <c>Version 15.2 (Build 1544.4)</c> or <c>15.02.1544.004</c>. The revision is left out: a security update
    /// raises it in the files and leaves AdminDisplayVersion as it was, which is no sign of an interruption.
    /// </summary>
    private static (int, int, int)? Build(string? text)
    {
        var match = VersionNumbers().Match(text ?? "");
        return match.Success ? (Number(1), Number(2), Number(3)) : null;

        int Number(int group) => int.Parse(match.Groups[group].ValueSpan, System.Globalization.CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"(\d{1,4})\.(\d{1,4})(?:\s*\(Build\s+|\.)(\d{1,6})", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex VersionNumbers();
}
