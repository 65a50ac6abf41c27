using System.Text;

namespace MailFlowBot.Remote.Wsman;

/// <summary>The namespace declarations in scope (Namespaces in XML 1.0).</summary>
internal sealed class EnvelopeNamespaces
{
    /// <summary>Declarations in scope at a time. Windows has 6; arbitrary.</summary>
    public const int MaxInScope = 256;

    private readonly List<(string Prefix, string Namespace, int Depth)> _declared = [];

    /// <param name="prefix">Empty for the default namespace.</param>
    /// <param name="ns">The namespace; empty only to take the default one back.</param>
    /// <param name="depth">Of the element that declares it.</param>
    public void Declare(string prefix, string ns, int depth)
    {
        if (_declared.Count >= MaxInScope)
            throw new WsmanException(EnvelopeFault.TooLarge, $"The envelope has more than {MaxInScope} namespace declarations in scope.");
        if (ns.Length == 0 && prefix.Length > 0)
            throw new WsmanException(EnvelopeFault.Malformed, $"The prefix '{prefix}' is declared for no namespace.");
        _declared.Add((prefix, ns, depth));
    }

    /// <summary>Forgets what the element at that depth declared.</summary>
    public void Leave(int depth)
    {
        while (_declared.Count > 0 && _declared[^1].Depth >= depth)
            _declared.RemoveAt(_declared.Count - 1);
    }

    /// <exception cref="WsmanException">The prefix is not declared.</exception>
    public string Find(ReadOnlySpan<byte> prefix)
    {
        for (var i = _declared.Count - 1; i >= 0; i--)
        {
            if (Ascii.Equals(prefix, _declared[i].Prefix))
                return _declared[i].Namespace;
        }

        if (prefix.IsEmpty)
            return string.Empty;
        return prefix.SequenceEqual("xml"u8)
            ? "http://www.w3.org/XML/1998/namespace"
            : throw new WsmanException(EnvelopeFault.Malformed, $"The prefix '{Encoding.UTF8.GetString(prefix)}' is not declared.");
    }
}
