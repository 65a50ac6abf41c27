namespace MailFlowBot.Remote.Transport;

/// <summary>A password. Never prints itself, so that no log, exception or trace can hold it by accident.</summary>
public sealed class Secret(string value)
{
    /// <summary>The password itself, for the one place that sends it.</summary>
    internal string Reveal() => value;

    /// <summary>Always the same three stars.</summary>
    public override string ToString() => "***";
}
