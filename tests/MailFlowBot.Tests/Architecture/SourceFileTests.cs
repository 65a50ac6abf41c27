using System.Text.RegularExpressions;
using MailFlowBot.Testing;

namespace MailFlowBot.Tests.Architecture;

/// <summary>What the source files themselves must keep to.</summary>
public sealed partial class SourceFileTests
{
    /// <summary>Above this a file does more than one thing.</summary>
    private const int MostLines = 400;

    /// <summary>Nouns that say nothing; a type is named after what Exchange, the KB or an RFC calls it.</summary>
    private static readonly string[] EmptyNouns =
        ["Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Common", "Base", "Impl", "Data", "Info"];

    /// <summary>Nouns of a protocol that end in one of them.</summary>
    private static readonly string[] ProtocolNouns = ["ApplicationPrivateData"]; // MS-PSRP 2.2.2.13 APPLICATION_PRIVATE_DATA

    [Fact]
    public void No_file_has_more_than_400_lines() =>
        Assert.DoesNotContain(
            House.SourceFiles("src").Concat(House.SourceFiles("tests"))
                .Select(file => (File: file, Lines: File.ReadLines(Path.Combine(References.Root, file)).Count())),
            file => file.Lines > MostLines);

    [Fact]
    public void The_namespace_of_a_file_is_its_folder()
    {
        var elsewhere = House.SourceFiles("src")
            .Select(file => (File: file, Declared: Namespace().Match(File.ReadAllText(Path.Combine(References.Root, file))).Groups[1].Value))
            .Where(file => file.Declared != FolderOf(file.File) && !file.File.EndsWith("/Program.cs", StringComparison.Ordinal));

        Assert.Empty(elsewhere);
    }

    [Fact]
    public void No_type_has_a_name_that_says_nothing() =>
        Assert.DoesNotContain(
            House.Types.Select(type => type.Name.Name).Except(ProtocolNouns),
            name => Words().Matches(name).Any(word => EmptyNouns.Contains(word.Value)));

    [Fact]
    public void A_name_that_says_nothing_would_be_found() =>
        Assert.Contains(Words().Matches("SessionManager").Select(word => word.Value), EmptyNouns.Contains);

    private static string FolderOf(string file) => string.Join('.', file.Split('/')[1..^1]);

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Namespace();

    [GeneratedRegex("[A-Z][a-z0-9]*", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Words();
}
