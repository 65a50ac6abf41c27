using System.Diagnostics.Tracing;
using System.Globalization;
using System.Text.RegularExpressions;

namespace MailFlowBot.Remote.Transport;

/// <summary>
/// The Kerberos error (RFC 4120 7.5.9, and MIT's own above 127) behind a failed step of a security context. The runtime's result only
/// says that it failed; the code is in its diagnostic events, raised on the thread of the step. Where a runtime raises none, the
/// error is just not known.
/// </summary>
internal sealed partial class KerberosError : EventListener
{
    // The error table krb5 of MIT Kerberos; codes of Kerberos itself are counted from here.
    private const uint Table = 0x96C73A00;

    [ThreadStatic]
    private static int? _last;

    private EventSource? _source;

    private KerberosError()
    {
    }

    /// <summary>Runs a step and says which error it met, if one was told.</summary>
    public static T Watch<T>(Func<T> step, out int? error)
    {
        _last = null;
        using var listener = new KerberosError();
        var result = step();
        error = _last;
        return result;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        if (_source is not null)
            DisableEvents(_source);
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name != "Private.InternalDiagnostics.System.Net.Security")
            return;
        _source = eventSource;
        EnableEvents(eventSource, EventLevel.Error);
    }

    /// <inheritdoc/>
    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        foreach (var text in (eventData.Payload ?? []).OfType<string>())
        {
            if (MinorStatus().Match(text) is { Success: true } match && uint.Parse(match.Groups[1].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture) is var code and >= Table and < Table + 256)
                _last = (int)(code - Table);
        }
    }

    [GeneratedRegex("Minor status: ([0-9A-Fa-f]{8})\\)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex MinorStatus();
}
