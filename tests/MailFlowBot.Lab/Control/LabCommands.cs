using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using MailFlowBot.Lab.Injection;
using MailFlowBot.Remote.Simulation;

namespace MailFlowBot.Lab.Control;

/// <summary>The lines that steer a running lab, from the console or over <c>/lab</c>.</summary>
internal sealed class LabCommands(LabServer lab)
{
    public const string Overview = """
        status                 what is open, what came in, what was changed
        drill NAME             put the organisation into a drill's starting state
        after-plan             let happen what the drill does between card and click
        advance SECONDS        let time pass in the organisation
        fault SPEC             inject a fault: NAME[=ACTION[:NTH[xTIMES]]]
        faults                 list the faults and their aims
        lift [NAME]            take a fault back, or all
        cut                    cut all connections, keep the shells
        restart                restart all servers: shells are gone
        quit                   end
        """;

    private static readonly JsonSerializerOptions Shape = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Carries out one line; the answer is for people or, with <c>status</c>, JSON.</summary>
    /// <exception cref="FormatException">The line is none of the known ones; the message says what is.</exception>
    public string Run(string line)
    {
        var words = line.Split(' ', 2, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var argument = words.Length > 1 ? words[1] : null;
        switch (words.FirstOrDefault())
        {
            case "status":
                return JsonSerializer.Serialize(Status(), Shape);
            case "drill" when argument is not null:
                lab.Organization.Start(Drills.Named(argument) ?? throw new FormatException(
                    $"There is no drill '{argument}'. There are: {string.Join(", ", Drills.All.Select(drill => drill.Name))}."));
                return $"The organisation is in {argument}.";
            case "after-plan":
                lab.Organization.Drill.AfterPlanShown(lab.Organization);
                return "Done.";
            case "advance" when Seconds(argument) is { } span:
                lab.Organization.Time.Pass(span);
                return $"It is {lab.Organization.Time.GetUtcNow():O} in the organisation.";
            case "fault" when argument is not null:
                var injection = FaultInjection.Parse(argument);
                lab.Faults.Arm(injection);
                return $"Armed: {injection}";
            case "faults":
                return string.Join('\n', Faults.All.Select(fault => $"{fault.Name,-24} {fault.Aim,-15} {fault.Text}"));
            case "lift":
                lab.Faults.Lift(argument);
                return "Lifted.";
            case "cut":
                lab.CutConnections();
                return "All connections are cut.";
            case "restart":
                lab.Restart();
                return "All servers restarted.";
            default:
                throw new FormatException($"Not understood: '{line.Trim()}'.\n{Overview}");
        }
    }

    public LabStatus Status() => new(
        lab.Organization.Drill.Name,
        lab.Organization.Time.GetUtcNow(),
        lab.ShellCount,
        lab.CommandCount,
        lab.SocketCount,
        lab.AcceptedSocketCount,
        lab.Logons.WrongCount,
        lab.Counts.Requests,
        lab.Counts.Commands,
        lab.Counts.Changes,
        lab.Faults.Standing.GroupBy(standing => standing.Injection.ToString())
            .ToDictionary(group => group.Key, group => group.Sum(standing => standing.Struck)));

    private static TimeSpan? Seconds(string? text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds < 1e8
            ? TimeSpan.FromSeconds(seconds)
            : null;
}
