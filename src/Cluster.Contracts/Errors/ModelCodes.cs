#pragma warning disable CS1591 // Each code's description is its attribute, from which docs/errors.md and `searchcluster help` come.
namespace SearchCluster.Contracts.Errors;

/// <summary>Codes of models, checkpoints, ensembles and workloads.</summary>
[ErrorFamily("Models and workloads")]
public static class ModelCodes
{
    [ErrorDescription("A model of a text was written by an early release, which cut characters beyond U+FFFF in halves.", "Train it anew.")]
    public const string Alphabet = "SC3350";

    [ErrorDescription(
        "The model has no code: it is no autoencoder.",
        "Use a model of workload autoencoder or vae, or a network that implements IAutoencoder.")]
    public const string NoCode = "SC3351";

    [ErrorDescription("The model makes nothing new: its codes have no known distribution.", "Use a model of workload vae.")]
    public const string NotGenerative = "SC3352";

    [ErrorDescription("A workload of your own failed.", "Correct it at the place that the message names.")]
    public const string UserWorkload = "SC3353";

    [ErrorDescription(
        "A model is not there, or cannot be opened.", "Check the path, and put back what was removed; a trial's model is written anew only "
            + "by training.")]
    public const string CannotOpen = "SC4000";

    [ErrorDescription("A model or checkpoint ends early.", "Restore the file from a copy; a checkpoint is written again by itself.")]
    public const string TooShort = "SC4001";

    [ErrorDescription("The file is no model or checkpoint of this product, or of the other kind.", "Give a file that searchcluster wrote.")]
    public const string OtherKind = "SC4002";

    [ErrorDescription("The file has a format that this release does not read.", "Use the release that wrote it, or a later one.")]
    public const string OtherVersion = "SC4003";

    [ErrorDescription("The file has more bytes than it says.", "Restore the file from a copy.")]
    public const string TooLong = "SC4005";

    [ErrorDescription(
        "Weights do not fit the network, or members do not fit each other.", "Use the workload and data that the model was trained with.")]
    public const string Mismatch = "SC4006";

    [ErrorDescription("A file or tensor is larger than what is read.", "Check that the file is what it should be.")]
    public const string TooLarge = "SC4007";

    [ErrorDescription(
        "The description in a model, ensemble or safetensors file cannot be read.", "Restore the file from a copy, or write it again.")]
    public const string Malformed = "SC4011";

    [ErrorDescription("A safetensors file names a tensor twice.", "Write it again.")]
    public const string DuplicateTensor = "SC4012";

    [ErrorDescription("Tensors overlap, or leave gaps.", "Write the file again with the safetensors library.")]
    public const string TensorPlaces = "SC4013";

    [ErrorDescription("A tensor has another number of bytes than its shape needs.", "Write the file again.")]
    public const string TensorSize = "SC4014";

    [ErrorDescription("A tensor lies outside the file.", "Write the file again.")]
    public const string TensorOutside = "SC4015";

    [ErrorDescription("A tensor has an element type that is not read.", "Convert it to F32, F64, I64 or U8.")]
    public const string TensorType = "SC4016";

    [ErrorDescription("Weights cannot be written.", "Check the folder, its permissions and its free space.")]
    public const string Unwritable = "SC4017";

    [ErrorDescription(
        "The content of a model or checkpoint is not what was written.",
        "Restore the file from a copy; a trial's checkpoint is written again by itself.")]
    public const string Damaged = "SC4018";

    [ErrorDescription(
        "The header of a safetensors file claims more bytes than are possible.",
        "Check that the file is a safetensors file; pickles of PyTorch are not read.")]
    public const string TensorHeader = "SC4019";

    [ErrorDescription("A path of an artifact leads out of its folder or has other characters.", "Use the files as they were written.")]
    public const string Path = "SC4100";

    [ErrorDescription(
        "An attempt wanted to write, but a later attempt of the same trial, member or ensemble has begun, or the search was deleted.",
        "Nothing; what it wrote would count for nothing, and the later attempt goes on.")]
    public const string Superseded = "SC4101";

    [ErrorDescription("An artifact is larger than a store takes.", "Train a smaller network, or keep less of it in the checkpoint.")]
    public const string ArtifactTooLarge = "SC4102";

    [ErrorDescription("There is no such artifact.", "See searchcluster status NAME; a trial without a model has none.")]
    public const string NoArtifact = "SC4103";

    [ErrorDescription(
        "An upload is not known: it is over, was given up for its long silence, or the coordinator was started anew.",
        "Begin it anew; workers do that by themselves.")]
    public const string NoUpload = "SC4104";

    [ErrorDescription(
        "Part of an upload does not begin where the part before it ended.", "Ask how far it got, and go on there; workers do that by "
            + "themselves.")]
    public const string UploadOffset = "SC4105";

    [ErrorDescription(
        "The content that arrived is not the one that was announced, so it got no name.",
        "Send it again; workers do that by themselves. If it happens often, something between them changes what is sent.")]
    public const string OtherContent = "SC4106";

    [ErrorDescription(
        "An object of an object store should say which content the artifacts have, but cannot be read.",
        "Use the release that wrote it, or put the object back from a copy.")]
    public const string NamesUnreadable = "SC4107";

    [ErrorDescription("A workload cannot be built from this configuration.", "Correct the hyperparameter that the message names.")]
    public const string Configuration = "SC4110";

    [ErrorDescription("The data do not fit the model.", "Give data with the columns or sizes of the training data.")]
    public const string OtherData = "SC4120";

    [ErrorDescription(
        "Data hold a value that the training data never had.", "Correct the value, or say what becomes of such values with data.unseen.")]
    public const string Unseen = "SC4121";

    [ErrorDescription(
        "No member is usable, so there is no ensemble.",
        "Put the model files back that the warnings name, or train again as the last line of searchcluster status NAME says.")]
    public const string NoMembers = "SC4122";

    [ErrorDescription(
        "An ensemble could not be built: the training or the vote of its members failed.",
        "The message says why; searchcluster ensemble build NAME --type top-k lets the models vote as they are.")]
    public const string NotBuilt = "SC4123";

    [ErrorDescription("An assembly with workloads cannot be used.", "See docs/extending.md.")]
    public const string Workloads = "SC4130";
}
