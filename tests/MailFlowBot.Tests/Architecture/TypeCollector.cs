using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace MailFlowBot.Tests.Architecture;

/// <summary>
/// Notes every type that occurs in a signature (ECMA-335 II.23.2), however deep. The value it returns to the decoder means nothing.
/// </summary>
internal sealed class TypeCollector(MetadataReader metadata, ISet<TypeName> found) : ISignatureTypeProvider<bool, object?>
{
    /// <summary>The outermost type that a definition stands in.</summary>
    public static TypeDefinition Outermost(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        while (type.GetDeclaringType() is { IsNil: false } outer)
            type = metadata.GetTypeDefinition(outer);
        return type;
    }

    public static TypeName NameOf(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        var type = Outermost(metadata, handle);
        return new TypeName(metadata.GetString(type.Namespace), metadata.GetString(type.Name));
    }

    public static TypeName NameOf(MetadataReader metadata, TypeReferenceHandle handle)
    {
        var type = metadata.GetTypeReference(handle);
        while (type.ResolutionScope.Kind == HandleKind.TypeReference)
            type = metadata.GetTypeReference((TypeReferenceHandle)type.ResolutionScope);
        return new TypeName(metadata.GetString(type.Namespace), metadata.GetString(type.Name));
    }

    public bool GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) =>
        found.Add(NameOf(metadata, handle));

    public bool GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) =>
        found.Add(NameOf(metadata, handle));

    public bool GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        metadata.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    // The parts of a compound type were given to the methods above already.
    public bool GetArrayType(bool elementType, ArrayShape shape) => elementType;

    public bool GetByReferenceType(bool elementType) => elementType;

    public bool GetFunctionPointerType(MethodSignature<bool> signature) => true;

    public bool GetGenericInstantiation(bool genericType, ImmutableArray<bool> typeArguments) => genericType;

    public bool GetGenericMethodParameter(object? genericContext, int index) => true;

    public bool GetGenericTypeParameter(object? genericContext, int index) => true;

    public bool GetModifiedType(bool modifier, bool unmodifiedType, bool isRequired) => unmodifiedType;

    public bool GetPinnedType(bool elementType) => elementType;

    public bool GetPointerType(bool elementType) => elementType;

    public bool GetPrimitiveType(PrimitiveTypeCode typeCode) => true;

    public bool GetSZArrayType(bool elementType) => elementType;
}
