using System.Globalization;
using MailFlowBot.Lab.Http;

namespace MailFlowBot.Lab.Injection;

/// <summary>A fault and when it strikes.</summary>
/// <param name="Fault">Name of one of <see cref="Faults.All"/>.</param>
/// <param name="Action">Which requests are counted; null is the fault's own aim.</param>
/// <param name="Nth">The first of them that is hit, from 1.</param>
/// <param name="Times">How many are hit.</param>
internal sealed record FaultInjection(string Fault, LabAction? Action = null, int Nth = 1, int Times = 1)
{
    public const string Shape = "NAME[=ACTION[:NTH[xTIMES]]], e.g. truncated-body=CommandReceive:2x1";

    /// <exception cref="FormatException">The text has not the shape, or names what does not exist.</exception>
    public static FaultInjection Parse(string text)
    {
        var (name, aim) = Cut(text.Trim(), '=');
        if (Faults.Named(name) is null)
            throw new FormatException($"There is no fault '{name}'. There are: {string.Join(", ", Faults.All.Select(fault => fault.Name))}.");
        if (aim is null)
            return new FaultInjection(name);
        var (action, when) = Cut(aim, ':');
        if (!Enum.TryParse<LabAction>(action, ignoreCase: true, out var parsed) || !Enum.IsDefined(parsed))
            throw new FormatException($"There is no action '{action}'. There are: {string.Join(", ", Enum.GetNames<LabAction>())}.");
        if (when is null)
            return new FaultInjection(name, parsed);
        var (nth, times) = Cut(when, 'x');
        return new FaultInjection(name, parsed, Number(nth), times is null ? 1 : Number(times));
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Fault}={Action ?? Faults.Named(Fault)!.Aim}:{Nth}x{Times}");

    private static (string Left, string? Right) Cut(string text, char at)
    {
        var index = text.IndexOf(at, StringComparison.Ordinal);
        return index < 0 ? (text, null) : (text[..index], text[(index + 1)..]);
    }

    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new FormatException($"'{text}' is no count from 1 up. The shape is {Shape}.");
}
