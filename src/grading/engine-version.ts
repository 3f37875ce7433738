/**
 * The version of the engine that judges, kept beside every verdict. It grows with every change
 * that can make the same answer's verdict differ.
 */
export const engineVersion = '2';
