using System.Globalization;

namespace MailFlowBot.Settings;

/// <summary>Typed values of the configuration; what is wrong with one is collected, and reading goes on with the default.</summary>
internal sealed class SettingSource(IConfiguration configuration)
{
    private readonly List<SettingFault> _faults = [];
    private readonly List<SettingFault> _warnings = [];

    public IReadOnlyList<SettingFault> Faults => _faults;

    /// <summary>What works and is hardly meant.</summary>
    public IReadOnlyList<SettingFault> Warnings => _warnings;

    public bool Has(string key) => configuration[key] is { Length: > 0 };

    /// <summary>True when the key or anything below it is set.</summary>
    public bool HasSection(string key) => configuration.GetSection(key).Exists();

    public string? Text(string key) => configuration[key] is { Length: > 0 } text ? text : null;

    public string Text(string key, string otherwise) => Text(key) ?? otherwise;

    /// <summary>The entries of a list with their keys; one text with commas between is a list, too.</summary>
    public IReadOnlyList<(string Key, string Text)> List(string key)
    {
        if (Text(key) is { } text)
            return [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(entry => (key, entry))];
        return [.. configuration.GetSection(key).GetChildren().Select(entry => ($"{key}:{entry.Key}", entry.Value ?? ""))];
    }

    public string OneOf(string key, string otherwise, params string[] known)
    {
        var text = Text(key, otherwise);
        if (known.FirstOrDefault(name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } name)
            return name;
        Fault(key, $"'{text}' is not available in this version.", $"Use {string.Join(" or ", known)}.");
        return otherwise;
    }

    public bool Flag(string key, bool otherwise)
    {
        if (Text(key) is not { } text)
            return otherwise;
        if (!bool.TryParse(text, out var flag))
            Fault(key, $"'{text}' is neither true nor false.", "Write true or false.");
        return flag;
    }

    public int Number(string key, int otherwise, int least, int most)
    {
        if (Text(key) is not { } text)
            return otherwise;
        if (int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        Fault(key, $"'{text}' is not a number from {least} to {most}.", "Write a whole number.");
        return otherwise;
    }

    public Uri Address(string key, string otherwise)
    {
        var text = Text(key, otherwise);
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
            return address;
        Fault(key, $"'{text}' is not an address.", $"Write it like {otherwise}.");
        return new Uri(otherwise);
    }

    /// <summary>A value whose own type knows what is wrong with it.</summary>
    public T? Parse<T>(string key, string text, Func<string, T> read, string remedy) where T : struct
    {
        try
        {
            return read(text);
        }
        catch (FormatException fault)
        {
            Fault(key, fault.Message.TrimEnd('.') + ".", remedy);
            return null;
        }
    }

    /// <summary>Something made of a file; null after it was said why there is nothing.</summary>
    /// <param name="badForm">True for the exceptions by which <paramref name="read"/> says that the file holds something else.</param>
    public T? File<T>(string key, string path, Func<string, T> read, Func<Exception, bool> badForm, string remedy) where T : class
    {
        try
        {
            return read(Path.GetFullPath(path));
        }
        catch (Exception fault) when (badForm(fault) || fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            Fault(key, $"the file {path} cannot be used: {fault.Message.TrimEnd('.')}.", remedy);
            return null;
        }
    }

    public void Fault(string key, string problem, string remedy) => _faults.Add(new SettingFault(key, problem, remedy));

    public void Warn(string key, string problem, string remedy) => _warnings.Add(new SettingFault(key, problem, remedy));
}
