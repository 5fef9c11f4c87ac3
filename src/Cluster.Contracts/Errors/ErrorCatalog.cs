using System.Reflection;

namespace SearchCluster.Contracts.Errors;

/// <summary>Every code that a user can meet, read from the classes of this folder: the one table behind <c>docs/errors.md</c> and
/// <c>searchcluster help SCnnnn</c>.</summary>
/// <remarks>Reads attributes by reflection, once, when first asked: some milliseconds.</remarks>
public static class ErrorCatalog
{
    private static readonly Lazy<IReadOnlyList<ErrorDescription>> Rows = new(Read);

    /// <summary>All codes, family by family, each in the order of its numbers.</summary>
    public static IReadOnlyList<ErrorDescription> All => Rows.Value;

    /// <summary>Looks a code up.</summary>
    /// <param name="code">For example <c>SC3004</c>, in any case.</param>
    /// <returns>Null when no code is written so.</returns>
    public static ErrorDescription? Find(string code) =>
        All.FirstOrDefault(row => string.Equals(row.Code, code, StringComparison.OrdinalIgnoreCase));

    private static List<ErrorDescription> Read() =>
    [
        .. from family in typeof(ErrorCatalog).Assembly.GetTypes()
           let title = family.GetCustomAttribute<ErrorFamilyAttribute>()?.Title
           where title is not null
           let codes = from field in family.GetFields(BindingFlags.Public | BindingFlags.Static)
                       let text = field.GetCustomAttribute<ErrorDescriptionAttribute>()
                           ?? throw new InvalidOperationException($"{family.Name}.{field.Name} has no description.")
                       orderby (string)field.GetRawConstantValue()!
                       select new ErrorDescription((string)field.GetRawConstantValue()!, title, text.Meaning, text.NextStep)
           orderby codes.First().Code
           from code in codes
           select code,
    ];
}
