namespace MailFlowBot.Tests.Architecture;

/// <summary>A top-level type with all that its compiled code mentions; nested types, closures and state machines count as part of it.</summary>
/// <param name="Kind">Such as <c>sealed class</c> or <c>interface</c>.</param>
/// <param name="IsPublic">Seen by other assemblies.</param>
/// <param name="Implements">Interfaces that it, or a type nested in it, declares.</param>
/// <param name="Declares">Names of its methods, and of its properties as they are written in C#.</param>
/// <param name="Types">Types in its fields, signatures and method bodies, without itself.</param>
/// <param name="Members">Members that its code calls or takes, such as <c>System.DateTimeOffset.get_UtcNow</c>.</param>
internal sealed record CompiledType(
    TypeName Name,
    string Kind,
    bool IsPublic,
    IReadOnlySet<TypeName> Implements,
    IReadOnlySet<string> Declares,
    IReadOnlySet<TypeName> Types,
    IReadOnlySet<string> Members)
{
    public bool IsInterface => Kind == "interface";

    /// <summary>Everything it mentions, as text: types by full name, and members.</summary>
    public IEnumerable<string> Mentions => Types.Select(type => type.ToString()).Concat(Members);
}
