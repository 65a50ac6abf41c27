using MailFlowBot.Remote.Clixml;

namespace MailFlowBot.Remote.Psrp;

/// <summary>
/// A secret as the value of a parameter: it travels as SS, encrypted with the pool's session key. Never prints itself, so that no log,
/// exception or trace can hold it by accident.
/// </summary>
internal sealed class SecretText(string text)
{
    /// <summary>The secret itself, for the one place that uses it.</summary>
    public string Reveal() => text;

    public override string ToString() => "***";
}

/// <summary>A user name and password as the value of a parameter of type PSCredential.</summary>
internal sealed record CredentialValue(string UserName, SecretText Password)
{
    public PsObject ToObject(PsSecureString password) => new()
    {
        TypeNames = ["System.Management.Automation.PSCredential", PsrpNames.TypeObject],
        Text = "System.Management.Automation.PSCredential",
        Adapted = { ["UserName"] = UserName, ["Password"] = password },
    };
}
