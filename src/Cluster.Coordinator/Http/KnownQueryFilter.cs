using SearchCluster.Coordinator.Refusals;

namespace SearchCluster.Coordinator.Http;

/// <summary>The parameters that a route takes in its query.</summary>
/// <param name="Names">Their names.</param>
internal sealed record KnownQuery(params string[] Names);

/// <summary>Refuses a parameter that the route does not take: a mistyped one would be ignored, and the answer
/// be another than was asked for.</summary>
internal sealed class KnownQueryFilter : IEndpointFilter
{
    private const int Longest = 40;

    /// <inheritdoc />
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var known = context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<KnownQuery>()?.Names ?? [];
        foreach (var name in context.HttpContext.Request.Query.Keys)
        {
            if (!known.Contains(name, StringComparer.Ordinal))
            {
                var shown = name.Length > Longest ? name[..Longest] + "…" : name;
                var takes = known.Length == 0 ? "This address takes no parameters." : $"This address takes {string.Join(", ", known)}.";
                throw Problems.Parameter($"There is no parameter \"{shown}\".{Suggestions.Sentence(name, known)} {takes}");
            }
        }

        return next(context);
    }
}
