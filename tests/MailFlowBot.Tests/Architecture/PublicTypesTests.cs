using MailFlowBot.Testing;

namespace MailFlowBot.Tests.Architecture;

/// <summary>
/// What the two libraries show to others, pinned: a type becomes public, or goes, on purpose only. To accept a change, run the tests with
/// MAILFLOWBOT_GOLDEN=write and commit the file.
/// </summary>
public sealed class PublicTypesTests
{
    private static readonly string Golden = Path.Combine(References.Root, "tests", "Golden", "public-types.txt");

    [Fact]
    public void The_public_types_of_the_libraries_are_those_of_the_snapshot()
    {
        var now = new[] { House.Remote, House.Skills }.Select(House.AssemblyPath).SelectMany(CompiledAssembly.PublicTypes).ToList();
        if (Environment.GetEnvironmentVariable("MAILFLOWBOT_GOLDEN") == "write")
            File.WriteAllText(Golden, string.Join('\n', now) + "\n");

        var pinned = File.ReadAllText(Golden).ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

        Assert.Empty(now.Except(pinned).Select(added => $"added: {added}").Concat(pinned.Except(now).Select(gone => $"gone: {gone}")));
    }

    [Fact]
    public void The_host_shows_nothing_to_others()
    {
        var visible = CompiledAssembly.PublicTypes(House.AssemblyPath(House.Host))
            .Where(type => type.StartsWith(House.Host + ".", StringComparison.Ordinal));

        Assert.Empty(visible);
    }
}
