namespace MailFlowBot.Settings;

/// <summary>One thing that is wrong with the configuration.</summary>
/// <param name="Key">The key as it stands in the configuration.</param>
/// <param name="Problem">What is wrong; never the value of a secret.</param>
/// <param name="Remedy">What to do.</param>
internal sealed record SettingFault(string Key, string Problem, string Remedy)
{
    public override string ToString() => $"{Key}: {Problem} {Remedy}";
}
