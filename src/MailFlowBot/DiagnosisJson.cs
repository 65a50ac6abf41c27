using System.Globalization;
using System.Text.Json;
using MailFlowBot.Cards;
using MailFlowBot.Diagnosing;
using MailFlowBot.Incidents;
using MailFlowBot.Skills.Remediation;
using MailFlowBot.Skills.Symptoms;

namespace MailFlowBot;

/// <summary>A diagnosis as one JSON object, as <c>diagnose --json</c> prints it.</summary>
internal static class DiagnosisJson
{
    public static void Write(Utf8JsonWriter writer, LookOnly.Looked looked, Words words)
    {
        var made = looked.Events.OfType<DiagnosisMade>().Last();
        writer.WriteStartObject();
        writer.WritePropertyName("reading");
        // Whichever question is open now: that of the examination stands on more than the text alone.
        ReadingJson.Write(writer, id: null, looked.Reading with { Ask = looked.Conclusion.Ask ?? looked.Reading.Ask }, words.Language);
        writer.WriteStartArray("findings");
        foreach (var finding in made.Findings)
            Write(writer, finding, words);
        writer.WriteEndArray();
        writer.WritePropertyName("plan");
        if (looked.Conclusion.Plan is { } plan)
            Write(writer, plan);
        else
            writer.WriteNullValue();
        writer.WriteString("refusal", made.Refusal);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, FindingMade finding, Words words)
    {
        writer.WriteStartObject();
        writer.WriteString("class", finding.Class);
        writer.WriteString("server", finding.Server);
        writer.WriteString("explains", finding.Explains);
        writer.WriteNumber("confidence", finding.Confidence);
        writer.WriteString("article", finding.Article);
        Write(writer, "evidence", finding.Evidence, words);
        Write(writer, "against", finding.Against, words);
        Write(writer, "notSeen", finding.NotSeen, words);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, IReadOnlyList<Statement> statements, Words words)
    {
        writer.WriteStartArray(name);
        foreach (var statement in statements)
        {
            writer.WriteStartObject();
            writer.WriteString("id", statement.Id);
            writer.WriteString("text", CardText.Clean(words.Say(statement)));
            writer.WriteString("read", statement.Source);
            writer.WriteString("at", statement.At?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    // Only an agent gives a plan its digest: it is over the readings the agent takes, its own start and a nonce. None is asked here.
    private static void Write(Utf8JsonWriter writer, FixPlan plan)
    {
        writer.WriteStartObject();
        writer.WriteNull("digest");
        writer.WriteString("class", plan.Judgement.Class.ToString());
        writer.WriteStartArray("steps");
        foreach (var step in plan.Steps)
        {
            writer.WriteStartObject();
            writer.WriteString("operation", step.Id);
            writer.WriteString("server", step.Server.Value);
            writer.WriteString("command", Remote.Cmdlets.CommandText.Of(step));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("guards");
        foreach (var guard in plan.Judgement.Guards.Distinct())
        {
            writer.WriteStartObject();
            writer.WriteString("guard", guard.Guard);
            writer.WriteString("reading", guard.Reading);
            writer.WriteString("effect", Statements.Kebab(guard.Effect));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
