using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace MailFlowBot.Tests.Architecture;

/// <summary>
/// What one assembly consists of, read from its metadata; nothing of it is loaded. Constants leave no trace in compiled code, so a
/// namespace that only lends another one its constants is not seen.
/// </summary>
internal sealed class CompiledAssembly
{
    private readonly PEReader _file;
    private readonly MetadataReader _metadata;

    private CompiledAssembly(PEReader file)
    {
        _file = file;
        _metadata = file.GetMetadataReader();
    }

    /// <summary>The types of the project; what the compiler adds for itself is left out.</summary>
    public static IReadOnlyList<CompiledType> Read(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        return [.. new CompiledAssembly(file).Types()];
    }

    /// <summary>Kind and full name of every type that other assemblies see, nested ones as <c>Outer+Inner</c>.</summary>
    public static IReadOnlyList<string> PublicTypes(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var assembly = new CompiledAssembly(file);
        return
        [
            .. assembly._metadata.TypeDefinitions.Where(assembly.IsVisible)
                .Select(handle => $"{assembly.FullName(handle)}: {assembly.Kind(assembly._metadata.GetTypeDefinition(handle))}")
                .Order(StringComparer.Ordinal),
        ];
    }

    private IEnumerable<CompiledType> Types() => _metadata.TypeDefinitions
        .GroupBy(handle => TypeCollector.NameOf(_metadata, handle))
        .Where(group => group.Key.Namespace.StartsWith("MailFlowBot", StringComparison.Ordinal))
        .Select(group => Type(group.Key, [.. group]));

    private CompiledType Type(TypeName name, IReadOnlyList<TypeDefinitionHandle> parts)
    {
        var implements = new HashSet<TypeName>();
        var types = new HashSet<TypeName>();
        var members = new HashSet<string>();
        foreach (var part in parts.Select(_metadata.GetTypeDefinition))
        {
            Note(part.BaseType, types);
            foreach (var implemented in part.GetInterfaceImplementations())
                Note(_metadata.GetInterfaceImplementation(implemented).Interface, implements);
            Constraints(part.GetGenericParameters(), types);
            foreach (var field in part.GetFields())
                _metadata.GetFieldDefinition(field).DecodeSignature(new TypeCollector(_metadata, types), null);
            foreach (var method in part.GetMethods())
                Method(_metadata.GetMethodDefinition(method), types, members);
        }

        types.UnionWith(implements);
        var declares = parts.Select(_metadata.GetTypeDefinition).SelectMany(Declared).ToHashSet();
        types.Remove(name);
        var outermost = TypeCollector.Outermost(_metadata, parts[0]);
        var isPublic = (outermost.Attributes & TypeAttributes.VisibilityMask) == TypeAttributes.Public;
        return new CompiledType(name, Kind(outermost), isPublic, implements, declares, types, members);
    }

    private IEnumerable<string> Declared(TypeDefinition type) => type.GetMethods()
        .Select(method => _metadata.GetString(_metadata.GetMethodDefinition(method).Name))
        .Concat(type.GetProperties().Select(property => _metadata.GetString(_metadata.GetPropertyDefinition(property).Name)));

    private void Method(MethodDefinition method, HashSet<TypeName> types, HashSet<string> members)
    {
        var collector = new TypeCollector(_metadata, types);
        method.DecodeSignature(collector, null);
        Constraints(method.GetGenericParameters(), types);
        if (method.RelativeVirtualAddress == 0)
            return;
        var body = _file.GetMethodBody(method.RelativeVirtualAddress);
        if (!body.LocalSignature.IsNil)
            _metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(collector, null);
        foreach (var caught in body.ExceptionRegions.Where(region => region.Kind == ExceptionRegionKind.Catch))
            Note(caught.CatchType, types);
        foreach (var token in MethodTokens.Of(body))
        {
            Note(token, types);
            if (Member(token) is { } member)
                members.Add(member);
        }
    }

    private void Constraints(GenericParameterHandleCollection parameters, HashSet<TypeName> types)
    {
        foreach (var constraint in parameters.SelectMany(parameter => _metadata.GetGenericParameter(parameter).GetConstraints()))
            Note(_metadata.GetGenericParameterConstraint(constraint).Type, types);
    }

    /// <summary>The types behind a token. A call also depends on what the method takes and returns, named or not.</summary>
    private void Note(EntityHandle token, HashSet<TypeName> types)
    {
        var collector = new TypeCollector(_metadata, types);
        if (token.IsNil)
            return;
        switch (token.Kind)
        {
            case HandleKind.TypeDefinition:
                types.Add(TypeCollector.NameOf(_metadata, (TypeDefinitionHandle)token));
                break;
            case HandleKind.TypeReference:
                types.Add(TypeCollector.NameOf(_metadata, (TypeReferenceHandle)token));
                break;
            case HandleKind.TypeSpecification:
                _metadata.GetTypeSpecification((TypeSpecificationHandle)token).DecodeSignature(collector, null);
                break;
            case HandleKind.FieldDefinition:
                var field = _metadata.GetFieldDefinition((FieldDefinitionHandle)token);
                Note(field.GetDeclaringType(), types);
                field.DecodeSignature(collector, null);
                break;
            case HandleKind.MethodDefinition:
                var method = _metadata.GetMethodDefinition((MethodDefinitionHandle)token);
                Note(method.GetDeclaringType(), types);
                method.DecodeSignature(collector, null);
                break;
            case HandleKind.MemberReference:
                var member = _metadata.GetMemberReference((MemberReferenceHandle)token);
                Note(member.Parent, types);
                if (member.GetKind() == MemberReferenceKind.Field)
                    member.DecodeFieldSignature(collector, null);
                else
                    member.DecodeMethodSignature(collector, null);
                break;
            case HandleKind.MethodSpecification:
                var generic = _metadata.GetMethodSpecification((MethodSpecificationHandle)token);
                Note(generic.Method, types);
                generic.DecodeSignature(collector, null);
                break;
        }
    }

    private string? Member(EntityHandle token)
    {
        if (token.Kind == HandleKind.MethodSpecification)
            return Member(_metadata.GetMethodSpecification((MethodSpecificationHandle)token).Method);
        if (token.Kind != HandleKind.MemberReference)
            return null;
        var member = _metadata.GetMemberReference((MemberReferenceHandle)token);
        return member.Parent.Kind == HandleKind.TypeReference
            ? $"{TypeCollector.NameOf(_metadata, (TypeReferenceHandle)member.Parent)}.{_metadata.GetString(member.Name)}"
            : null;
    }

    private bool IsVisible(TypeDefinitionHandle handle)
    {
        var type = _metadata.GetTypeDefinition(handle);
        return (type.Attributes & TypeAttributes.VisibilityMask) switch
        {
            TypeAttributes.Public => true,
            TypeAttributes.NestedPublic or TypeAttributes.NestedFamily or TypeAttributes.NestedFamORAssem => IsVisible(type.GetDeclaringType()),
            _ => false,
        };
    }

    private string FullName(TypeDefinitionHandle handle)
    {
        var type = _metadata.GetTypeDefinition(handle);
        return type.GetDeclaringType() is { IsNil: false } outer
            ? $"{FullName(outer)}+{_metadata.GetString(type.Name)}"
            : $"{_metadata.GetString(type.Namespace)}.{_metadata.GetString(type.Name)}";
    }

    private string Kind(TypeDefinition type)
    {
        const TypeAttributes Static = TypeAttributes.Abstract | TypeAttributes.Sealed;
        if ((type.Attributes & TypeAttributes.Interface) != 0)
            return "interface";
        var parent = type.BaseType.Kind == HandleKind.TypeReference
            ? TypeCollector.NameOf(_metadata, (TypeReferenceHandle)type.BaseType).ToString()
            : "";
        return parent switch
        {
            "System.Enum" => "enum",
            "System.ValueType" => "struct",
            "System.MulticastDelegate" => "delegate",
            _ => (type.Attributes & Static) switch
            {
                Static => "static class",
                TypeAttributes.Abstract => "abstract class",
                TypeAttributes.Sealed => "sealed class",
                _ => "open class",
            },
        };
    }
}
