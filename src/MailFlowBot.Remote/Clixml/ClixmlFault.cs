namespace MailFlowBot.Remote.Clixml;

/// <summary>Why a CLIXML text was refused, or a value could not be written.</summary>
internal enum ClixmlFault
{
    /// <summary>Not well-formed XML, cut off, not UTF-8, a DTD, or text where only elements may stand.</summary>
    Malformed,

    /// <summary>Well-formed, but an element stands where it has no meaning, or lacks an attribute it needs.</summary>
    UnexpectedElement,

    /// <summary>The text of a primitive element is not a value of its type.</summary>
    BadValue,

    /// <summary>A Ref or TNRef names an id that nothing before it carries.</summary>
    DanglingReference,

    /// <summary>More than one value where a message body holds one.</summary>
    SeveralValues,

    /// <summary>Objects nested deeper than <see cref="ClixmlLimits.MaxDepth"/>.</summary>
    TooDeep,

    /// <summary>More bytes than <see cref="ClixmlLimits.MaxBytes"/>.</summary>
    TooLarge,

    /// <summary>More values than <see cref="ClixmlLimits.MaxElements"/>.</summary>
    TooManyElements,

    /// <summary>Writing only: a value of a type that CLIXML has no element for.</summary>
    UnsupportedType,
}
