namespace MailFlowBot.Tests.Architecture;

/// <summary>A type as metadata names it. Of a nested type, the outermost one: that is whose file it stands in.</summary>
internal readonly record struct TypeName(string Namespace, string Name)
{
    public override string ToString() => Namespace.Length == 0 ? Name : $"{Namespace}.{Name}";
}
