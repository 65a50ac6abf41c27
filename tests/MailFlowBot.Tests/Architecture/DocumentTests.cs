using System.Text.RegularExpressions;
using MailFlowBot.Testing;

namespace MailFlowBot.Tests.Architecture;

/// <summary>What the documents name exists, so that a rename is noticed where people look first.</summary>
public sealed partial class DocumentTests
{
    /// <summary>Names in code type that are no types of ours.</summary>
    private static readonly string[] NotOurs = ["HubTransport", "Microsoft.CodeAnalysis", "TimeProvider", "DrillJourneyTests"];

    public static TheoryData<string> Documents =>
    [
        "docs/architecture.md",
        .. Directory.EnumerateFiles(Path.Combine(References.Root, "docs", "decisions"), "*.md")
            .Select(file => Path.GetRelativePath(References.Root, file).Replace('\\', '/')).Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_type_or_member_that_a_document_names_exists(string document)
    {
        var missing = Names().Matches(Text(document)).Select(name => name.Groups[1].Value).Distinct().Where(name => !Exists(name));

        Assert.Empty(missing);
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_file_that_a_document_links_to_exists(string document)
    {
        var folder = Path.GetDirectoryName(Path.Combine(References.Root, document))!;

        Assert.All(Links().Matches(Text(document)), link => Assert.True(File.Exists(Path.Combine(folder, link.Groups[1].Value)), link.Value));
    }

    [Fact]
    public void The_architecture_lists_every_drill()
    {
        var text = Text("docs/architecture.md");

        Assert.All(Remote.Simulation.Drills.All, drill => Assert.Contains($"`{drill.Name}`", text, StringComparison.Ordinal));
    }

    [Fact]
    public void A_name_that_does_not_exist_would_be_found() => Assert.False(Exists("RunDiagnosis.Execute") || Exists("RunDiagnoses"));

    private static bool Exists(string name) => NotOurs.Contains(name)
        || House.Types.Any(type => type.Name.Name == name || type.Name.ToString() == name || type.Name.Namespace == name
            || type.Name.Namespace.StartsWith(name + ".", StringComparison.Ordinal)
            || (name.StartsWith(type.Name.Name + ".", StringComparison.Ordinal) && type.Declares.Contains(name[(type.Name.Name.Length + 1)..])));

    private static string Text(string document) => File.ReadAllText(Path.Combine(References.Root, document));

    // Words of at least two capitals; single words and lower-case names in code type are text, files or drills.
    [GeneratedRegex(@"`([A-Z][a-zA-Z0-9]*[A-Z][\w.]*|[A-Z][a-z]+\.[A-Z]\w+|[A-Z][a-z]+)(?:\([^`]*\))?`", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Names();

    [GeneratedRegex(@"\]\(([\w/.-]+\.md)\)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Links();
}
