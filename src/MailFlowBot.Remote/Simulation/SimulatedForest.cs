namespace MailFlowBot.Remote.Simulation;

/// <summary>
/// Which of the two simulated organisations a drill is about: Exchange 2016 and later cannot share a forest with 2007, so it takes two.
/// </summary>
public enum SimulatedForest
{
    /// <summary>EX01, EX02 and EX03: Exchange SE and 2019, each with two endpoints.</summary>
    A,

    /// <summary>HUB07 and OLD03: Exchange 2007 beside 2003. No remote shell; SMTP, and what people paste.</summary>
    B,
}
