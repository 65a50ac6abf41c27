using System.Text.Json;
using MailFlowBot.Testing;

namespace MailFlowBot.Tests.Architecture;

/// <summary>Nothing is compiled or interpreted at run time: no compiler is anywhere among the packages, direct or transitive.</summary>
public sealed class DependencyTests
{
    private static readonly string[] Compilers = ["Microsoft.CodeAnalysis", "Microsoft.PowerShell", "System.Management.Automation", "Microsoft.ClearScript"];

    [Theory]
    [InlineData(House.Remote)]
    [InlineData(House.Skills)]
    [InlineData(House.Host)]
    public void No_compiler_is_in_the_restored_graph_of_a_project(string project)
    {
        var packages = Libraries(Path.Combine(References.Root, "src", project, "obj", "project.assets.json"));

        Assert.Contains(packages, package => package.StartsWith("Polly.Core/", StringComparison.Ordinal));
        Assert.DoesNotContain(packages, IsCompiler);
    }

    [Fact]
    public void No_compiler_is_shipped_with_the_host()
    {
        var packages = Libraries(Path.Combine(AppContext.BaseDirectory, "mailflowbot.deps.json"));

        Assert.Contains(packages, package => package.StartsWith("Microsoft.Data.Sqlite", StringComparison.Ordinal));
        Assert.DoesNotContain(packages, IsCompiler);
    }

    [Theory]
    [InlineData("Microsoft.CodeAnalysis.CSharp/5.0.0")]
    [InlineData("microsoft.codeanalysis.common/5.0.0")]
    public void A_compiler_would_be_recognised(string package) => Assert.True(IsCompiler(package));

    private static bool IsCompiler(string package) =>
        Compilers.Any(compiler => package.StartsWith(compiler, StringComparison.OrdinalIgnoreCase));

    private static IReadOnlyList<string> Libraries(string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(file));
        return [.. json.RootElement.GetProperty("libraries").EnumerateObject().Select(library => library.Name)];
    }
}
