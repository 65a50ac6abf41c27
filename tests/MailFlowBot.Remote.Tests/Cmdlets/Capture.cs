using MailFlowBot.Remote.Clixml;
using MailFlowBot.Remote.Cmdlets;
using MailFlowBot.Testing;

namespace MailFlowBot.Remote.Tests.Cmdlets;

/// <summary>Outputs of real servers, read where the reference folder is present.</summary>
internal static class Capture
{
    public static Outputs Exchange(params string[] names) => new([.. names.Select(name => Objects($"data/exchange/clixml/{name}"))]);

    public static IReadOnlyList<object?> Objects(string path) =>
        [.. ClixmlReader.ReadFile(File.ReadAllBytes(References.Path(path))).Select(item => item.Value)];
}
