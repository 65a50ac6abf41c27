using MailFlowBot.Skills.Diagnosis;
using MailFlowBot.Skills.Texts;

namespace MailFlowBot.Skills.LegacyRouting;

/// <summary>What speaks for and against one cause, gathered line by line.</summary>
internal sealed class Suspicion(RoutingCause cause)
{
    // Every weight is a judgement of our own: an observation leaves a share of doubt, one against takes a share of what is left.
    private double _doubt = 1;
    private double _left = 1;

    public RoutingCause Cause { get; } = cause;

    public List<Evidence> Evidence { get; } = [];

    public List<Evidence> Against { get; } = [];

    public double Confidence => Math.Round(Math.Min(0.95, (1 - _doubt) * _left), 2);

    public Suspicion For(bool holds, double weight, Evidence evidence)
    {
        if (!holds)
            return this;
        _doubt *= 1 - weight;
        Evidence.Add(evidence);
        return this;
    }

    public Suspicion For(bool holds, double weight, string id, params (string, string)[] args) =>
        For(holds, weight, new Evidence(Line.Of(id, args), null, null));

    public Suspicion But(bool holds, double weight, Evidence evidence)
    {
        if (!holds)
            return this;
        _left *= 1 - weight;
        Against.Add(evidence);
        return this;
    }

    public Suspicion But(bool holds, double weight, string id, params (string, string)[] args) =>
        But(holds, weight, new Evidence(Line.Of(id, args), null, null));
}
