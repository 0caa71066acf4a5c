/**
 * Tells whether a text is a UCUM unit: prefixes, unit atoms, exponents, annotations, products and quotients.
 * https://ucum.org/ucum (case sensitive form). The atoms are the codes of the UCUM tables.
 */

const PREFIXES = 'Y Z E P T G M k h da d c m u n p f a z y Ki Mi Gi Ti'.split(' ');
const METRIC = new Set(
  (
    'm s g rad K C cd mol sr Hz N Pa J W A V F Ohm S Wb Cel T H lm lx Bq Gy Sv l L ar t bar u pc [c] [h] [k] [eps_0] ' +
    '[mu_0] [e] eV [m_e] [m_p] [G] [g] [ly] gf Ky Gal dyn erg P Bi St Mx G Oe Gb sb Lmb ph Ci R RAD REM cal_[15] ' +
    'cal_[20] cal_m cal_IT cal_th cal tex m[H2O] m[Hg] eq osm g% kat U [iU] [IU] Np B B[SPL] B[V] B[mV] B[uV] ' +
    'B[10.nV] B[W] B[kW] st mho bit By Bd'
  ).split(' '),
);
const OTHERS = new Set(
  (
    "[pi] % [ppth] [ppm] [ppb] [pptr] deg gon ' '' min h d a_t a_j a_g a wk mo_s mo_j mo_g mo AU Torr atm [in_i] " +
    '[ft_i] [yd_i] [mi_i] [fth_i] [nmi_i] [kn_i] [sin_i] [sft_i] [syd_i] [cin_i] [cft_i] [cyd_i] [bf_i] [cr_i] ' +
    '[mil_i] [cml_i] [hd_i] [ft_us] [yd_us] [in_us] [rd_us] [ch_us] [lk_us] [rch_us] [rlk_us] [fth_us] [fur_us] ' +
    '[mi_us] [acr_us] [srd_us] [smi_us] [sct] [twp] [mil_us] [in_br] [ft_br] [rd_br] [ch_br] [lk_br] [fth_br] ' +
    '[pc_br] [yd_br] [mi_br] [nmi_br] [kn_br] [acr_br] [gal_us] [bbl_us] [qt_us] [pt_us] [gil_us] [foz_us] [fdr_us] ' +
    '[min_us] [crd_us] [bu_us] [gal_wi] [pk_us] [dqt_us] [dpt_us] [tbs_us] [tsp_us] [cup_us] [foz_m] [cup_m] ' +
    '[tsp_m] [tbs_m] [gal_br] [pk_br] [bu_br] [qt_br] [pt_br] [gil_br] [foz_br] [fdr_br] [min_br] [gr] [lb_av] ' +
    '[lbf_av] [oz_av] [dr_av] [scwt_av] [lcwt_av] [ston_av] [lton_av] [stone_av] [pwt_tr] [oz_tr] [lb_tr] [sc_ap] ' +
    '[dr_ap] [oz_ap] [lb_ap] [oz_m] [lne] [pnt] [pca] [pnt_pr] [pca_pr] [pied] [pouce] [ligne] [didot] [cicero] ' +
    "[degF] [degR] [degRe] [Cal] [Btu_39] [Btu_59] [Btu_60] [Btu_m] [Btu_IT] [Btu_th] [Btu] [HP] [den] [in_i'H2O] " +
    "[in_i'Hg] [PRU] [wood'U] [diop] [p'diop] %[slope] [mesh_i] [Ch] [drp] [hnsf'U] [MET] [hp'_X] [hp'_C] [hp'_M] " +
    "[hp'_Q] [hp_X] [hp_C] [hp_M] [hp_Q] [kp_X] [kp_C] [kp_M] [kp_Q] [pH] [S] [HPF] [LPF] [arb'U] [USP'U] [GPL'U] " +
    "[MPL'U] [APL'U] [beth'U] [anti'Xa'U] [todd'U] [dye'U] [smgy'U] [bdsk'U] [ka'U] [knk'U] [mclg'U] [tb'U] " +
    "[CCID_50] [TCID_50] [EID_50] [PFU] [FFU] [CFU] [IR] [BAU] [AU] [Amb'a'1'U] [PNU] [Lf] [D'ag'U] [FEU] [ELU] " +
    '[EU] Ao b att [psi] circ sph [car_m] [car_Au] [smoot] [m/s2/Hz^(1/2)] bit_s'
  ).split(' '),
);
/** A unit's symbol: what stands in brackets belongs to it, digits outside them are its exponent. */
const SYMBOL = /(?:10[*^]|(?:\[[^\]\s]*\]|[^\d\s./(){}+\-[\]])+)/y;
const EXPONENT = /[+-]?\d+/y;
const FACTOR = /\d+/y;
const ANNOTATION = /\{[!-z|~]*\}/y;
const MAX_LENGTH = 200;
const MAX_KNOWN = 5_000;
const known = new Map<string, boolean>();

/** Takes a code of UCUM; gives whether it can be read as a unit. */
export function isUnit(code: string): boolean {
  let found = known.get(code);
  if (found === undefined) {
    found = code.length <= MAX_LENGTH && new Reader(code).unit();
    if (known.size < MAX_KNOWN) known.set(code, found);
  }
  return found;
}

class Reader {
  readonly #code: string;
  #at = 0;

  constructor(code: string) {
    this.#code = code;
  }

  unit(): boolean {
    this.#next('/');
    return this.#term() && this.#at === this.#code.length;
  }

  #term(): boolean {
    do {
      if (!this.#component()) return false;
    } while (this.#next('.') || this.#next('/'));
    return true;
  }

  #component(): boolean {
    if (this.#next('(')) return this.#term() && this.#next(')') && this.#annotated();
    const symbol = this.#take(SYMBOL);
    if (symbol !== undefined) {
      if (!isSymbol(symbol)) return false;
      this.#take(EXPONENT);
      return this.#annotated();
    }
    if (this.#take(FACTOR) !== undefined) return this.#annotated();
    return this.#take(ANNOTATION) !== undefined;
  }

  #annotated(): boolean {
    this.#take(ANNOTATION);
    return true;
  }

  #next(sign: string): boolean {
    if (this.#code[this.#at] !== sign) return false;
    this.#at++;
    return true;
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#code)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }
}

function isSymbol(symbol: string): boolean {
  if (symbol === '10*' || symbol === '10^' || METRIC.has(symbol) || OTHERS.has(symbol)) return true;
  return PREFIXES.some((prefix) => symbol.startsWith(prefix) && METRIC.has(symbol.slice(prefix.length)));
}
