namespace MailFlowBot.Lab.Accounts;

/// <summary>
/// Checks passwords and counts the wrong ones, so that a test can prove that a client tries one once only. Too many lock the account,
/// as they would in a domain. Thread-safe.
/// </summary>
internal sealed class Logons(string password, int lockoutThreshold)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _wrong = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Password of all accounts, for mechanisms that prove it without sending it.</summary>
    public string Password => password;

    /// <summary>Wrong passwords of all users since the start.</summary>
    public int WrongCount
    {
        get
        {
            lock (_gate)
                return _wrong.Values.Sum();
        }
    }

    /// <summary>Wrong passwords given for a user.</summary>
    public int WrongCountOf(string user)
    {
        lock (_gate)
            return _wrong.GetValueOrDefault(user);
    }

    /// <summary>The account, when the user and password fit and it is not locked.</summary>
    public LabAccount? Check(string user, string given) =>
        Settle(user, string.Equals(given, password, StringComparison.Ordinal) ? LabAccount.Named(user) : null);

    /// <summary>Books how a logon by another mechanism ended.</summary>
    /// <param name="account">Null when the proof did not fit.</param>
    public LabAccount? Settle(string user, LabAccount? account)
    {
        lock (_gate)
        {
            if (_wrong.GetValueOrDefault(user) >= lockoutThreshold)
                return null;
            if (account is null)
                _wrong[user] = _wrong.GetValueOrDefault(user) + 1;
            return account;
        }
    }
}
