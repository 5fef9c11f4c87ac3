using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using SearchCluster.Contracts;
using SearchCluster.Coordinator.Refusals;

namespace SearchCluster.Coordinator.Http;

/// <summary>Makes the OpenAPI document say what the API does: the framework's own guesses allow texts for whole numbers.</summary>
internal static class OpenApiTruth
{
    private const string About =
        "Every refusal is a problem document (RFC 9457) with a stable code; docs/http-api.md tells them with examples. "
        + "An address that is not listed here is answered with 404, a method that is not listed with 405.";

    /// <summary>Adds the corrections.</summary>
    /// <param name="options">Those of the document.</param>
    public static void Apply(OpenApiOptions options)
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "SearchCluster";
            document.Info.Version = ProductVersion.Current;
            document.Info.Description = About;
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            // What is null is left out of the answers.
            foreach (var member in context.JsonTypeInfo.Properties.Where(property => property.IsGetNullable))
            {
                schema.Required?.Remove(member.Name);
            }

            if (schema.Type is { } type && type.HasFlag(JsonSchemaType.Integer))
            {
                schema.Type = type & ~JsonSchemaType.String;
                schema.Pattern = null;
            }

            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            var known = context.Description.ActionDescriptor.EndpointMetadata.OfType<KnownQuery>();
            foreach (var name in known.SelectMany(query => query.Names))
            {
                if (operation.Parameters?.OfType<OpenApiParameter>().FirstOrDefault(parameter => parameter.Name == name) is { } parameter)
                {
                    parameter.Schema = SchemaOf(name);
                }
            }

            return Task.CompletedTask;
        });
    }

    // They are taken as texts, so that a wrong one can be told with its rule.
    private static OpenApiSchema SchemaOf(string query) => query switch
    {
        "path" or "sha256" => new() { Type = JsonSchemaType.String },
        "curve" => new() { Type = JsonSchemaType.Boolean, Default = JsonValue.Create(false) },
        "limit" => new()
        {
            Type = JsonSchemaType.Integer,
            Minimum = "1",
            Maximum = HttpLimits.MostTrials.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Default = JsonValue.Create(HttpLimits.DefaultTrials),
        },
        _ => new() { Type = JsonSchemaType.Integer, Minimum = "0", Default = JsonValue.Create(0) },
    };
}
