using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Json.Models;

namespace SearchCluster.Cli.Tests.Json;

/// <summary>Whatever number of any document is not finite is null there, and named beside.</summary>
public sealed class NonFiniteTests
{
    public static IEnumerable<TheoryDataRow<Type>> Documents => typeof(CliJsonContext).GetCustomAttributesData()
        .Where(attribute => attribute.AttributeType == typeof(JsonSerializableAttribute))
        .Select(attribute => (Type)attribute.ConstructorArguments[0].Value!)
        .Where(type => type.Namespace!.StartsWith(typeof(CliJsonContext).Namespace!, StringComparison.Ordinal))
        .Select(type => new TheoryDataRow<Type>(type));

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_number_of_a_document_may_be_non_finite(Type document)
    {
        var sample = Sample(document, double.NegativeInfinity)!;

        var root = JsonNode.Parse(CliJson.Line(sample, document)).ShouldNotBeNull();

        Unnamed(root, document, "$").ShouldBeEmpty();
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

    // An object with a number that became null has to name it; nothing is a bare word.
    private static IEnumerable<string> Unnamed(JsonNode? node, Type type, string path)
    {
        switch (node)
        {
            case JsonArray list:
                return list.SelectMany((item, i) => Unnamed(item, Element(type) ?? typeof(object), $"{path}[{i}]"));
            // A trial and an ensemble name theirs since the first release, as people call them: val/loss, not metrics.val/loss.
            case JsonObject when type.GetProperty("NonFinite") is not null:
                return [];
            case JsonObject fields:
                return type.GetProperties().Where(property => property.GetIndexParameters().Length == 0).SelectMany(property =>
                {
                    var name = JsonNamingPolicy.CamelCase.ConvertName(property.Name);
                    var isNumber = property.PropertyType == typeof(double) || property.PropertyType == typeof(double?);
                    if (!fields.TryGetPropertyValue(name, out var value))
                    {
                        return [];
                    }

                    return isNumber && value is null && fields["nonFinite"]?[name]?.GetValue<string>() != "-inf"
                        ? [$"{path}.{name}"]
                        : Unnamed(value, property.PropertyType, $"{path}.{name}");
                });
            default:
                return node is JsonValue text && text.TryGetValue<string>(out var word) && word is "NaN" or "Infinity" or "-Infinity"
                    ? [path]
                    : [];
        }
    }

    private static Type? Element(Type type) => type
        .GetInterfaces()
        .Append(type)
        .Where(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IEnumerable<>))
        .Select(one => one.GetGenericArguments()[0])
        .FirstOrDefault();

    private static object? Sample(Type type, double number)
    {
        var inner = Nullable.GetUnderlyingType(type) ?? type;
        if (inner == typeof(double))
        {
            return number;
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
            var array = Array.CreateInstance(inner.GetElementType()!, 1);
            array.SetValue(Sample(inner.GetElementType()!, number), 0);
            return array;
        }

        if (inner.IsGenericType)
        {
            var arguments = inner.GetGenericArguments();
            var isMap = arguments.Length == 2;
            if (inner.IsInterface)
            {
                var made = (IEnumerable)Activator.CreateInstance(
                    (isMap ? typeof(Dictionary<,>) : typeof(List<>)).MakeGenericType(arguments))!;
                _ = isMap ? Add((IDictionary)made, Sample(arguments[1], number)) : ((IList)made).Add(Sample(arguments[0], number));
                return made;
            }

            return inner.GetProperty("Empty", BindingFlags.Public | BindingFlags.Static)?.GetValue(null) ?? Activator.CreateInstance(inner);
        }

        var constructor = inner
            .GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
            .OrderByDescending(one => one.GetParameters().Length)
            .First(one => one.GetParameters() is not [{ } only] || only.ParameterType != inner);
        var parameters = constructor.GetParameters();
        var record = constructor.Invoke([.. parameters.Select(parameter => Sample(parameter.ParameterType, number))]);
        foreach (var property in inner.GetProperties()
            .Where(property => property.CanWrite && parameters.All(parameter => parameter.Name != property.Name)))
        {
            property.SetValue(record, Sample(property.PropertyType, number));
        }

        return record;
    }

    private static int Add(IDictionary map, object? value)
    {
        map.Add("key", value);
        return 1;
    }
}
