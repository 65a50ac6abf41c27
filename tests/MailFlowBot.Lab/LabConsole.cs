using System.Globalization;
using System.Text;
using MailFlowBot.Lab.Accounts;
using MailFlowBot.Lab.Control;

namespace MailFlowBot.Lab;

/// <summary>The lab as a program: says what it offers, then takes commands line by line until the input or the process ends.</summary>
internal sealed class LabConsole(LabServer lab, LabRealm? realm, TextReader input, TextWriter output)
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public async Task RunAsync(string? settingsFile, CancellationToken cancellation)
    {
        var environment = BotEnvironment.Of(lab, realm);
        if (settingsFile is not null)
            await File.WriteAllTextAsync(settingsFile, Export(environment), cancellation);
        await output.WriteAsync(Greeting(environment, settingsFile));
        await output.FlushAsync(cancellation);
        var commands = new LabCommands(lab);
        while (await ReadLineAsync(cancellation) is { } line && line.Trim() != "quit")
        {
            if (line.Trim().Length == 0)
                continue;
            try
            {
                await output.WriteLineAsync(line.Trim() == "help" ? LabCommands.Overview : commands.Run(line));
            }
            catch (FormatException e)
            {
                await output.WriteLineAsync(e.Message);
            }

            await output.FlushAsync(cancellation);
        }
    }

    private async Task<string?> ReadLineAsync(CancellationToken cancellation)
    {
        try
        {
            // A console's own ReadLineAsync blocks and hears no token.
            var line = await Task.Run(input.ReadLine, cancellation).WaitAsync(cancellation);
            // Started without a console: serves until the process is ended.
            if (line is null)
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
            return line;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private string Greeting(IReadOnlyList<(string Name, string Value)> environment, string? settingsFile)
    {
        var text = new StringBuilder();
        text.AppendLine(Invariant, $"SIMULATION. A lab server stands for {string.Join(", ", lab.Organization.Servers)}; drill: {lab.Organization.Drill.Name}.");
        if (lab.Http is { } http)
            text.AppendLine(Invariant, $"HTTP   {http}");
        if (lab.Https is { } https)
            text.AppendLine(Invariant, $"HTTPS  {https}");
        text.AppendLine(Invariant, $"Accounts, all with the password {lab.Options.Password}: {string.Join(", ", LabAccount.All.Where(account => account != LabAccount.Operator).Select(account => account.UserName))}");
        text.AppendLine();
        text.AppendLine(Invariant, $"For the bot's Remote mode{(settingsFile is null ? ", set:" : $": source {settingsFile}, which sets:")}");
        text.Append(Export(environment));
        text.AppendLine();
        text.AppendLine("Commands here, or one line by POST to /lab (Content-Type: application/x-lab):");
        text.AppendLine(LabCommands.Overview);
        return text.ToString();
    }

    private static string Export(IEnumerable<(string Name, string Value)> environment) =>
        string.Concat(environment.Select(setting => $"export {setting.Name}='{setting.Value}'\n"));
}
