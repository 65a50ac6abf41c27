namespace MailFlowBot.Remote.Psrp;

/// <summary>
/// Property and type names on the wire, each from MS-PSRP 2.2.2 (messages) and 2.2.3 (other objects) unless said otherwise.
/// Property names compare case-insensitively when read: clients send <c>CI</c>, servers answer <c>ci</c>.
/// </summary>
internal static class PsrpNames
{
    public const string ProtocolVersion = "protocolversion";
    public const string PsVersion = "PSVersion";
    public const string SerializationVersion = "SerializationVersion";

    public const string MinRunspaces = "MinRunspaces";
    public const string MaxRunspaces = "MaxRunspaces";
    public const string PsThreadOptions = "PSThreadOptions";
    public const string ApartmentState = "ApartmentState";
    public const string HostInfo = "HostInfo";
    public const string ApplicationArguments = "ApplicationArguments";
    public const string ApplicationPrivateData = "ApplicationPrivateData";
    public const string PsVersionTable = "PSVersionTable";

    public const string PublicKey = "PublicKey";
    public const string EncryptedSessionKey = "EncryptedSessionKey";

    public const string IsHostNull = "_isHostNull";
    public const string IsHostUiNull = "_isHostUINull";
    public const string IsHostRawUiNull = "_isHostRawUINull";
    public const string UseRunspaceHost = "_useRunspaceHost";

    public const string RunspaceState = "RunspaceState";
    public const string PipelineState = "PipelineState";
    public const string ExceptionAsErrorRecord = "ExceptionAsErrorRecord";

    public const string NoInput = "NoInput";
    public const string RemoteStreamOptions = "RemoteStreamOptions";
    public const string AddToHistory = "AddToHistory";
    public const string PowerShell = "PowerShell";
    public const string IsNested = "IsNested";
    public const string ExtraCommands = "ExtraCmds";
    public const string Commands = "Cmds";
    public const string History = "History";
    public const string RedirectShellErrorOutputPipe = "RedirectShellErrorOutputPipe";
    public const string CommandText = "Cmd";
    public const string IsScript = "IsScript";
    public const string UseLocalScope = "UseLocalScope";
    public const string MergeMyResult = "MergeMyResult";
    public const string MergeToResult = "MergeToResult";
    public const string MergePreviousResults = "MergePreviousResults";
    public const string Arguments = "Args";
    public const string ArgumentName = "N";
    public const string ArgumentValue = "V";

    /// <summary>
    /// Present from protocol 2.2 on, the last from 2.3 on; a 2.1 server ignores them. In the order of <see cref="MergedStreams"/>.
    /// </summary>
    public static readonly IReadOnlyList<string> MergeStreams = ["MergeError", "MergeWarning", "MergeVerbose", "MergeDebug", "MergeInformation"];

    public const string CallId = "ci";
    public const string MethodId = "mi";
    public const string MethodParameters = "mp";
    public const string MethodReturn = "mr";
    public const string MethodException = "me";

    public const string Message = "Message";
    public const string Exception = "Exception";
    public const string TargetObject = "TargetObject";
    public const string FullyQualifiedErrorId = "FullyQualifiedErrorId";
    public const string InvocationInfo = "InvocationInfo";
    public const string Category = "ErrorCategory_Category";
    public const string CategoryActivity = "ErrorCategory_Activity";
    public const string CategoryReason = "ErrorCategory_Reason";
    public const string CategoryTargetName = "ErrorCategory_TargetName";
    public const string CategoryTargetType = "ErrorCategory_TargetType";
    public const string CategoryMessage = "ErrorCategory_Message";
    public const string DetailsMessage = "ErrorDetails_Message";
    public const string DetailsRecommendedAction = "ErrorDetails_RecommendedAction";
    public const string SerializeExtendedInfo = "SerializeExtendedInfo";
    public const string WriteErrorStream = "writeErrorStream";

    public const string RecordMessage = "InformationalRecord_Message";
    public const string RecordSerializeInvocation = "InformationalRecord_SerializeInvocationInfo";

    public const string AvailabilityResponse = "SetMinMaxRunspacesResponse";

    public const string EnumPsThreadOptions = "System.Management.Automation.Runspaces.PSThreadOptions";
    public const string EnumApartmentState = "System.Management.Automation.Runspaces.ApartmentState";
    public const string EnumRemoteStreamOptions = "System.Management.Automation.Runspaces.RemoteStreamOptions";
    public const string EnumPipelineResultTypes = "System.Management.Automation.Runspaces.PipelineResultTypes";
    public const string EnumCommandTypes = "System.Management.Automation.CommandTypes";
    public const string EnumHostMethod = "System.Management.Automation.Remoting.RemoteHostMethodId";
    public const string EnumProgressRecordType = "System.Management.Automation.ProgressRecordType";
    public const string TypeErrorRecord = "System.Management.Automation.ErrorRecord";
    public const string TypeObject = "System.Object";

    public static readonly IReadOnlyList<string> PrimitiveDictionaryTypes =
        ["System.Management.Automation.PSPrimitiveDictionary", "System.Collections.Hashtable", TypeObject];

    public static readonly IReadOnlyList<string> StringArrayTypes = ["System.String[]", "System.Array", TypeObject];

    /// <summary>The type that a list of commands or arguments carries; servers match nothing of it.</summary>
    public static readonly IReadOnlyList<string> ObjectListTypes =
    [
        "System.Collections.Generic.List`1[[System.Management.Automation.PSObject, System.Management.Automation, "
            + "Version=1.0.0.0, Culture=neutral, PublicKeyToken=31bf3856ad364e35]]",
        TypeObject,
    ];
}
