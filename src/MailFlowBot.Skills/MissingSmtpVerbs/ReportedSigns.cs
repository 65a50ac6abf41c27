using MailFlowBot.Skills.Diagnosis;
using MailFlowBot.Skills.Symptoms;
using MailFlowBot.Skills.Texts;

namespace MailFlowBot.Skills.MissingSmtpVerbs;

/// <summary>What the report itself says for and against lost extensions. A person's word: enough to look, and to tell what to look at.</summary>
/// <param name="For">Symptoms and causes that KB 822939 names.</param>
/// <param name="Against">What has another cause although it looks alike.</param>
internal sealed record ReportedSigns(IReadOnlyList<Evidence> For, IReadOnlyList<Evidence> Against)
{
    public static ReportedSigns Of(SymptomReading reading)
    {
        var spoken = new List<Evidence>();
        Add(spoken, reading, "smtp-verbs.said-verbs-missing", ("phrase", "verbs-missing"));
        // KB 822939, symptom 4: inetinfo no longer knows the services that Exchange had registered with it.
        Add(spoken, reading, "smtp-verbs.said-1083", ("phrase", "error-1083"));
        Add(spoken, reading, "smtp-verbs.said-reinstalled", ("phrase", "smtp-reinstalled"));
        Add(spoken, reading, "smtp-verbs.said-metabase", ("phrase", "metabase"), ("phrase", "directory-lookup"));
        // KB 822939, symptom 2: tracking shows the message going to the MTA and its report thrown away.
        Add(spoken, reading, "smtp-verbs.said-mta", ("phrase", "mta-path"));
        Add(spoken, reading, "smtp-verbs.said-ndr", ("enhanced-code", "5.0.0"), ("ndr", "5.0.0"));
        if (reading.Text.Contains("MSExchangeIMC", StringComparison.OrdinalIgnoreCase) && ImcKeyPaste.Of(reading.Text) is { } key)
            spoken.AddRange(key == ImcKey.Present ? [Said("smtp-verbs.imc-present")] : []);

        var against = new List<Evidence>();
        // KB 828938: a disconnected SMTP mailbox stops mail with event 326, with all verbs in place.
        Add(against, reading, "smtp-verbs.said-326", ("event", "326"), ("event", "MSExchangeIS/326"), ("event", "MSExchangeTransport/326"));
        if (reading.HasSignal("phrase", "inetinfo"))
            Add(against, reading, "smtp-verbs.said-crash-loop", ("event", "Service Control Manager/7031"), ("event", "7031"));
        Add(against, reading, "smtp-verbs.said-one-mailbox", ("phrase", "single-recipient"), ("phrase", "recipient-restricted"));
        return new(spoken, against);
    }

    private static void Add(List<Evidence> into, SymptomReading reading, string id, params ReadOnlySpan<(string Kind, string Value)> signals)
    {
        foreach (var (kind, value) in signals)
        {
            if (reading.HasSignal(kind, value))
            {
                into.Add(Said(id));
                return;
            }
        }
    }

    private static Evidence Said(string id) => new(Line.Of(id), null, null);
}
