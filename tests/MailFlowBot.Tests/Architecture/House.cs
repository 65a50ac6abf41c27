using MailFlowBot.Testing;

namespace MailFlowBot.Tests.Architecture;

/// <summary>The three assemblies as they were compiled for these tests, and the sources they were compiled from.</summary>
internal static class House
{
    public const string Remote = "MailFlowBot.Remote";
    public const string Skills = "MailFlowBot.Skills";
    public const string Host = "MailFlowBot";

    private static readonly Lazy<IReadOnlyList<CompiledType>> Compiled = new(() =>
        [.. new[] { Remote, Skills, Host }.Select(AssemblyPath).SelectMany(CompiledAssembly.Read)]);

    public static IReadOnlyList<CompiledType> Types => Compiled.Value;

    /// <summary>Every namespace with the namespaces of ours that its types mention.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Imports { get; } = Types
        .GroupBy(type => type.Name.Namespace)
        .ToDictionary(
            types => types.Key,
            types => (IReadOnlyList<string>)[.. types.SelectMany(type => type.Types).Select(used => used.Namespace).Distinct()
                .Where(used => IsOurs(used) && used != types.Key).Order(StringComparer.Ordinal)]);

    public static string SourceFolder { get; } = Path.Combine(References.Root, "src");

    public static CompiledType Named(string fullName) => Types.Single(type => type.Name.ToString() == fullName);

    /// <summary>Types that mention the given one.</summary>
    public static IReadOnlyList<string> UsersOf(string fullName) =>
        [.. Types.Where(type => type.Types.Any(used => used.ToString() == fullName)).Select(type => type.Name.ToString()).Order(StringComparer.Ordinal)];

    public static string AssemblyPath(string name) =>
        Path.Combine(AppContext.BaseDirectory, (name == Host ? "mailflowbot" : name) + ".dll");

    /// <summary>C# files written by people below a folder of the checkout, relative to the checkout.</summary>
    public static IEnumerable<string> SourceFiles(string folder) => Directory
        .EnumerateFiles(Path.Combine(References.Root, folder), "*.cs", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(References.Root, file).Replace('\\', '/'))
        .Where(file => !file.Split('/').Any(part => part is "obj" or "bin" or "node_modules"));

    private static bool IsOurs(string name) => name == Host || name.StartsWith(Host + ".", StringComparison.Ordinal);
}
