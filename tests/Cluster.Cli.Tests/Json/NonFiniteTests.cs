using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Json.Models;
using SearchCluster.Cli.Json.Searches;
using SearchCluster.Contracts.Wire;

namespace SearchCluster.Cli.Tests.Json;

/// <summary>Whatever number of any document is not finite is null there, and named beside.</summary>
public sealed class NonFiniteTests
{
    public static IEnumerable<TheoryDataRow<Type>> Documents => typeof(CliJsonContext).GetCustomAttributesData()
        .Where(attribute => attribute.AttributeType == typeof(JsonSerializableAttribute))
        .Select(attribute => (Type)attribute.ConstructorArguments[0].Value!)
        .Where(type => type.Namespace!.StartsWith(typeof(CliJsonContext).Namespace!, StringComparison.Ordinal))
        .Select(type => new TheoryDataRow<Type>(type));

    // A trial has named its metrics since the first release as people call them: val/loss, not metrics.val/loss.
    private static readonly Dictionary<Type, string> LeftOutOfNames = new() { [typeof(TrialJson)] = "metrics." };

    private int _put;

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_number_of_a_document_may_be_non_finite(Type document)
    {
        var sample = Sample(document)!;

        var root = JsonNode.Parse(CliJson.Line(sample, document)).ShouldNotBeNull();

        var found = Numbers(sample, root, new(null, "", null), "$").ToList();
        found.Where(number => number.Fault is not null).Select(number => number.Fault).ShouldBeEmpty();
        found.Count.ShouldBeGreaterThanOrEqualTo(_put, "not every number that was put in was looked at");
    }

    [Fact]
    public void What_is_not_named_is_found()
    {
        var sample = Sample(typeof(EnsembleDocument))!;
        var root = JsonNode.Parse(CliJson.Line(sample, typeof(EnsembleDocument)))!;
        var names = root["ensemble"]!["nonFinite"]!.AsObject();
        string[] all = [.. names.Select(name => name.Key)];

        foreach (var name in all)
        {
            names.Remove(name);
            Numbers(sample, root, new(null, "", null), "$").Count(number => number.Fault is not null).ShouldBe(1, name);
            names.Add(name, "-inf");
        }

        all.ShouldBe(["bestSingle.key", "metrics.key", "weights[0]"]);
    }

    [Fact]
    public void Names_tell_where_and_which()
    {
        var document = new ForecastJson(1, false, [1, double.NaN, double.PositiveInfinity]);

        JsonSerializer.Serialize(JsonNode.Parse(CliJson.Line(document, CliJsonContext.Default.ForecastJson)))
            .ShouldBe("""{"step":1,"isFuture":false,"values":[1,null,null],"nonFinite":{"values[1]":"nan","values[2]":"\u002Binf"}}""");
    }

    [Fact]
    public void Finite_documents_have_no_such_member() =>
        CliJson.Line(new ForecastJson(1, false, [1.5]), CliJsonContext.Default.ForecastJson)
            .ShouldBe("""{"step":1,"isFuture":false,"values":[1.5]}""");

    // The object that holds a number, how the number is called in it, and what its kind leaves out of names.
    private sealed record Place(JsonObject? Holder, string Name, string? LeftOut)
    {
        public string? Word => Holder?[NonFiniteMembers.Name] is JsonObject names
            ? names[LeftOut is { } part && Name.StartsWith(part, StringComparison.Ordinal) ? Name[part.Length..] : Name]?.GetValue<string>()
            : null;
    }

    // Each number of the sample, with what is wrong about it in the document: it has to be null, and the object that holds it to say -inf.
    private static IEnumerable<(string Path, string? Fault)> Numbers(object? value, JsonNode? node, Place place, string path)
    {
        switch (value)
        {
            case null or string or ParameterValue:
                return [];
            case double:
                return [(path, node is not null ? $"{path} is {node.ToJsonString()}"
                    : place.Word != "-inf" ? $"{path} is not named"
                    : null)];
            case IEnumerable entries when ValueOfMap(value.GetType()) is not null:
                return entries.Cast<object>().SelectMany(entry =>
                {
                    var (key, item) = ((string)Member(entry, "Key")!, Member(entry, "Value"));
                    return Numbers(item, node?[key], place with { Name = $"{place.Name}.{key}" }, $"{path}.{key}");
                });
            case IEnumerable list:
                return list.Cast<object?>().SelectMany((item, i) =>
                    Numbers(item, (node as JsonArray)?[i], place with { Name = $"{place.Name}[{i}]" }, $"{path}[{i}]"));
            default:
                return CliJsonContext.Default.GetTypeInfo(value.GetType()) is { Kind: JsonTypeInfoKind.Object } type
                    ? type.Properties.Where(property => property.Get is not null).SelectMany(property => Numbers(
                        property.Get!(value),
                        node?[property.Name],
                        new(node as JsonObject, property.Name, LeftOutOfNames.GetValueOrDefault(value.GetType())),
                        $"{path}.{property.Name}"))
                    : [];
        }
    }

    private static object? Member(object entry, string name) => entry.GetType().GetProperty(name)!.GetValue(entry);

    private static Type? ValueOfMap(Type type) => type
        .GetInterfaces()
        .Append(type)
        .Where(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IEnumerable<>))
        .Select(one => one.GetGenericArguments()[0])
        .Where(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(KeyValuePair<,>))
        .Select(one => one.GetGenericArguments()[1])
        .FirstOrDefault();

    private object? Sample(Type type)
    {
        var inner = Nullable.GetUnderlyingType(type) ?? type;
        if (inner == typeof(double))
        {
            _put++;
            return double.NegativeInfinity;
        }

        if (inner == typeof(string))
        {
            return "text";
        }

        if (inner == typeof(ParameterValue))
        {
            return ParameterValue.Integer(1);
        }

        if (inner.IsValueType)
        {
            return Activator.CreateInstance(inner);
        }

        if (inner.IsArray)
        {
            return ArrayOf(inner.GetElementType()!);
        }

        if (inner.IsGenericType)
        {
            return ValueOfMap(inner) is { } value ? MapOf(inner, value) : ListOf(inner, inner.GetGenericArguments()[0]);
        }

        var constructor = inner
            .GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
            .OrderByDescending(one => one.GetParameters().Length)
            .First(one => one.GetParameters() is not [{ } only] || only.ParameterType != inner);
        var parameters = constructor.GetParameters();
        var record = constructor.Invoke([.. parameters.Select(parameter => Sample(parameter.ParameterType))]);
        foreach (var property in inner.GetProperties()
            .Where(property => property.CanWrite && parameters.All(parameter => parameter.Name != property.Name)))
        {
            property.SetValue(record, Sample(property.PropertyType));
        }

        return record;
    }

    private Array ArrayOf(Type element)
    {
        var array = Array.CreateInstance(element, 1);
        array.SetValue(Sample(element), 0);
        return array;
    }

    // An interface is a dictionary; what has entries of its own is made from one.
    private object MapOf(Type type, Type value)
    {
        var made = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string), value))!;
        made.Add("key", Sample(value));
        return type.IsInstanceOfType(made) ? made : Activator.CreateInstance(type, made)!;
    }

    private object ListOf(Type type, Type element)
    {
        var array = ArrayOf(element);
        return type.IsInstanceOfType(array) ? array
            : type == typeof(ValueArray<>).MakeGenericType(element)
                ? typeof(ValueArray).GetMethod(nameof(ValueArray.ToValueArray))!.MakeGenericMethod(element).Invoke(null, [array])!
                : Activator.CreateInstance(type, array)!;
    }
}
